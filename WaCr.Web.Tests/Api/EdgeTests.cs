using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Api;

/// <summary>What clients of the field send that is right, or wrong in a way that is to be told them.</summary>
public sealed class EdgeTests(TestApps apps) : IClassFixture<TestApps>
{
    private static readonly string[] NoCharacters = ["\uFFFE", "a\uFFFEb", "Zo\u00EB\uFFFE", "\uFFFF", "\U0001FFFE"];

    [Theory, OnEachEngine]
    public async Task NoCharacters_AreSearchedFor_AndKept(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        foreach (var (text, n) in NoCharacters.Select((text, n) => (text, n)))
        {
            foreach (var list in new[] { "contacts", "messages", "templates", "groups", "sources", "statuses", "users", "countries" })
            {
                (await client.GetAsync($"/{list}?search={Uri.EscapeDataString(text)}")).ShouldBe(HttpStatusCode.OK);
            }

            (await client.PostAsync("/groups", new { name = $"{n} {text}" })).ShouldBe(HttpStatusCode.Created);
            var contact = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("firstname", $"{n} {text}"))))
                .ShouldBe(HttpStatusCode.Created);
            (await client.GetAsync($"/contacts?search={Uri.EscapeDataString($"{n} {text}")}")).Ids.ShouldContain(contact.Id);
        }
    }

    [Theory, OnEachEngine]
    public async Task BodyWithAByteOrderMark_IsRead(DatabaseProvider engine)
    {
        var (_, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        using var body = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. "{\"name\":\"Wholesale\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await client.SendAsync(HttpMethod.Post, "/groups", body)).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("{0}.0", true)]
    [InlineData("{0}00e-2", true)]
    [InlineData("{0}.5", false)]
    [InlineData("1e400", false)]
    [InlineData("9223372036854775808", false)]
    public async Task WholeNumber_InAnyNotation_IsAnInteger(string notation, bool isWhole)
    {
        var (tenant, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();
        var body = ApiBodies.Contact(tenant, ("status_id", "#")).ToJsonString()
            .Replace("\"#\"", notation.Replace("{0}", $"{tenant.StatusId}", StringComparison.Ordinal), StringComparison.Ordinal);

        var reply = await client.PostAsync("/contacts", body);

        if (isWhole)
        {
            ((long)reply.ShouldBe(HttpStatusCode.Created).Data!["status_id"]!).ShouldBe(tenant.StatusId);
        }
        else
        {
            reply.ShouldBeInvalid("status_id");
        }
    }

    [Theory, OnEachEngine]
    public async Task Lengths_CountCharacters_AndNotCodeUnits(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var longest = string.Concat(Enumerable.Repeat("\U0001F600", 255));

        var reply = await client.PostAsync(
            "/contacts", ApiBodies.Contact(tenant, ("firstname", longest), ("lastname", longest), ("company", longest)));

        ((string)reply.ShouldBe(HttpStatusCode.Created).Data!["firstname"]!).ShouldBe(longest);
        (await client.PostAsync("/groups", new { name = longest })).ShouldBe(HttpStatusCode.Created);
        (await client.PostAsync("/groups", new { name = longest + "a" })).ShouldBeInvalid("name");
        (await client.PatchAsync($"/contacts/{reply.Id}", new { firstname = longest + "a" })).ShouldBeInvalid("firstname");
    }

    [Theory, OnEachEngine]
    public async Task ContactThatWhatsAppMade_IsReadChangedAndSentBack(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var id = await HiddenContactAsync(tenant);
        var read = (await client.GetAsync($"/contacts/{id}")).ShouldBe(HttpStatusCode.OK).Data!.AsObject();
        read["phone"].ShouldBeNull();
        ((string)read["lastname"]!).ShouldBeEmpty();

        read["city"] = "Goa";
        var patched = (await client.PatchAsync($"/contacts/{id}", read.ToJsonString())).ShouldBe(HttpStatusCode.OK);

        ((string)patched.Data!["city"]!).ShouldBe("Goa");
        (await client.PatchAsync($"/contacts/{id}", new { firstname = "" })).ShouldBeInvalid("firstname");
        (await client.PatchAsync($"/contacts/{id}", new { lastname = "Rao" })).ShouldBe(HttpStatusCode.OK);
        (await client.PatchAsync($"/contacts/{id}", new { lastname = "" })).ShouldBeInvalid("lastname");
    }

    [Fact]
    public async Task CompressedBody_Answers415()
    {
        var (_, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{\"name\":\"Wholesale\"}"u8.ToArray());
        }

        using var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        body.Headers.ContentEncoding.Add("gzip");

        (await client.SendAsync(HttpMethod.Post, "/groups", body))
            .ShouldFail(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData(8_200)]
    [InlineData(60_000)]
    public async Task AddressThatIsTooLong_IsAnsweredInTheEnvelope(int length)
    {
        var (_, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();

        (await client.GetAsync($"/contacts?search={new string('x', length)}")).ShouldFail(HttpStatusCode.RequestUriTooLong, "URI_TOO_LONG");
    }

    [Fact]
    public void LocationWithoutAName_HasAText()
    {
        const string message = """
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
            "metadata":{"phone_number_id":"1"},"messages":[{"from":"447700900123","id":"wamid.1","timestamp":"1770000000","type":"location",
            "location":{"latitude":15.4909,"longitude":73.8278}}]}}]}]}
            """;

        var part = WebhookEnvelope.Split(Encoding.UTF8.GetBytes(message))!.ShouldHaveSingleItem();
        WebhookReader.TryRead(part.Body).ShouldBeOfType<MessageReceived>().Message.Text.ShouldBe("15.4909, 73.8278");
    }

    // As a person who shows no number comes in.
    private static async Task<long> HiddenContactAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        var contact = new Contact { FirstName = "Asha", LastName = "", StatusId = tenant.StatusId, SourceId = tenant.SourceId };
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }
}
