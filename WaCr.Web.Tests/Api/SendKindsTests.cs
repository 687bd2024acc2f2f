using System.Globalization;
using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Api;

/// <summary>Places, cards, reactions, stickers, voice notes, links, questions for the location, quotations: what goes out, and what is
/// refused.</summary>
public sealed class SendKindsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] Webp =
    [
        (byte)'R', (byte)'I', (byte)'F', (byte)'F', 4, 0, 0, 0, (byte)'W', (byte)'E', (byte)'B', (byte)'P', 1, 2, 3
    ];
    private static readonly byte[] Opus =
    [
        .. "OggS"u8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8, 1, 19, .. "OpusHead"u8, 1, 1
    ];
    private static readonly byte[] Mp3 = [(byte)'I', (byte)'D', (byte)'3', 3, 0, 0, 0, 0];

    [Fact]
    public async Task Location_GoesOutWithNameAndAddress_AndIsRead()
    {
        var (_, client, contact) = await NewWriterAsync();

        var sent = (
            await client.PostAsync(
                "/messages/location",
                new { contact_id = contact.Id, latitude = 22.3072, longitude = 73.1812, name = "Shop", address = "Station Road" }))
            .ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json["location"]!.ToJsonString()
            .ShouldBe("""{"latitude":22.3072,"longitude":73.1812,"name":"Shop","address":"Station Road"}""");
        var one = await ReadAsync(client, sent);
        ((string)one["type"]!).ShouldBe("location");
        ((string)one["message"]!).ShouldBe("Shop, Station Road");
        one["content"]!["location"]!.ToJsonString()
            .ShouldBe("""{"latitude":22.3072,"longitude":73.1812,"name":"Shop","address":"Station Road"}""");
    }

    [Theory]
    [InlineData("""{"longitude":1}""", "latitude", "Latitude must be from -90 to 90")]
    [InlineData("""{"latitude":90.1,"longitude":1}""", "latitude", "Latitude must be from -90 to 90")]
    [InlineData("""{"latitude":1,"longitude":-180.5}""", "longitude", "Longitude must be from -180 to 180")]
    [InlineData("""{"latitude":"1","longitude":1}""", "latitude", "Must be a number")]
    public async Task Location_WithAWrongField_NamesIt(string body, string field, string message)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/messages/location", With(body))).ShouldBeInvalid(field).Errors(field).ShouldBe([message]);
    }

    [Fact]
    public async Task Contacts_OfIdsAndOfCards_GoOutInTheirOrder()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var other = await tenant.CreateContactAsync(phone: "+919587400001", email: "ravi@example.com");

        var sent = (await client.PostAsync("/messages/contacts", $$"""
            {"contact_id":{{contact.Id}},"contacts":[{"name":{"formatted_name":"Chan B"},"org":{"company":"Acme"},"phones":[{"phone":"+1 202 555 0199","wa_id":"12025550199"}],"emails":[{"email":"b@example.com"}]},{{other.Id}},{"name":"Plain","phones":[{"phone":"123"}]}]}
            """)).ShouldBe(HttpStatusCode.OK);

        var cards = app.Graph.Calls[^1].Json["contacts"]!.AsArray();
        cards.Count.ShouldBe(3);
        cards[0]!.ToJsonString().ShouldBe(
            """{"name":{"formatted_name":"Chan B","first_name":"Chan B"},"org":{"company":"Acme"},"phones":[{"phone":"\u002B1 202 555 0199","type":"CELL","wa_id":"12025550199"}],"emails":[{"email":"b@example.com","type":"WORK"}]}""");
        ((string)cards[1]!["name"]!["formatted_name"]!).ShouldBe($"{other.FirstName} {other.LastName}".Trim());
        ((string)cards[1]!["phones"]![0]!["phone"]!).ShouldBe("+919587400001");
        var one = await ReadAsync(client, sent);
        ((string)one["content"]!["contacts"]![0]!["company"]!).ShouldBe("Acme");
        ((string)one["message"]!).ShouldStartWith("Chan B: +1 202 555 0199, b@example.com");
    }

    [Theory]
    [InlineData("""{}""", "contacts", "There must be 1 to 20 contacts")]
    [InlineData("""{"contacts":[]}""", "contacts", "There must be 1 to 20 contacts")]
    [InlineData("""{"contacts":["x"]}""", "contacts", "Must be an array of objects or integers")]
    [InlineData("""{"contacts":[{"phones":[]}]}""", "contacts.0.name", "A card needs a name")]
    [InlineData("""{"contacts":[{"name":"A","phones":[{}]}]}""", "contacts.0.phones.0.phone", "Phone number is required")]
    [InlineData("""{"contacts":[{"name":"A","emails":["nobody"]}]}""", "contacts.0.emails.0", "The email must be a valid email address")]
    public async Task Contacts_WithAWrongField_NameIt(string body, string field, string message)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/messages/contacts", With(body))).ShouldBeInvalid(field).Errors(field).ShouldBe([message]);
    }

    [Fact]
    public async Task Contacts_OfTheOtherTenant_OrWithoutTheScopeToReadThem_AreNotSent()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var theirs = await (await app.CreateTenantAsync()).CreateContactAsync();
        using var sender = await app.ClientForAsync(tenant, "messages:send");

        (await client.PostAsync("/messages/contacts", new { contact_id = contact.Id, contacts = new[] { theirs.Id } }))
            .ShouldBeInvalid("contacts");
        (await sender.PostAsync("/messages/contacts", new { contact_id = contact.Id, contacts = new[] { contact.Id } }))
            .ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        (await sender.PostAsync("/messages/contacts", new { contact_id = contact.Id, contacts = new[] { new { name = "A" } } }))
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Reaction_GoesToTheMessagesOwnContact_AndIsTakenBack()
    {
        var (_, client, contact) = await NewWriterAsync();
        var text = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "Hello" })).Data!;

        var sent = (await client.PostAsync("/messages/reaction", new { message_id = (long)text["chat_message_id"]!, emoji = "👍" }))
            .ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/messages/reaction", new { message_id = (string)text["message_id"]!, emoji = "" }))
            .ShouldBe(HttpStatusCode.OK);

        ((long)sent.Data!["contact_id"]!).ShouldBe(contact.Id);
        var calls = app.Graph.Calls.TakeLast(2).Select(call => call.Json).ToList();
        ((string)calls[0]["reaction"]!["message_id"]!).ShouldBe((string)text["message_id"]!);
        ((string)calls[0]["reaction"]!["emoji"]!).ShouldBe("👍");
        calls[0]["context"].ShouldBeNull();
        ((string)calls[1]["reaction"]!["emoji"]!).ShouldBe("");
        ((string)(await ReadAsync(client, sent))["content"]!["reaction"]!["emoji"]!).ShouldBe("👍");
    }

    [Theory]
    [InlineData("""{"emoji":"👍"}""", "message_id", "Message ID is required")]
    [InlineData("""{"message_id":"wamid.x"}""", "emoji", "Emoji is required; an empty one takes the reaction back")]
    [InlineData("""{"message_id":"wamid.x","emoji":"ok"}""", "emoji", "Give one emoji")]
    [InlineData("""{"message_id":"wamid.x","emoji":"👍👍"}""", "emoji", "Give one emoji")]
    public async Task Reaction_WithAWrongField_NamesIt(string body, string field, string message)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/messages/reaction", body)).ShouldBeInvalid(field).Errors(field).ShouldBe([message]);
    }

    [Fact]
    public async Task Reaction_ToAMessageOfTheOtherTenant_IsNotFound()
    {
        var (_, theirs, contact) = await NewWriterAsync();
        var text = (await theirs.PostAsync("/messages/text", new { contact_id = contact.Id, message = "Hello" })).Data!;
        var (_, client, own) = await NewWriterAsync("+919587400077");

        (await client.PostAsync("/messages/reaction", new { message_id = (string)text["message_id"]!, emoji = "👍" }))
            .ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.PostAsync("/messages/text", new { contact_id = own.Id, message = "x", reply_to = (string)text["message_id"]! }))
            .ShouldBeInvalid("reply_to").Errors("reply_to").ShouldBe(["The quoted message does not exist in this conversation"]);
    }

    [Fact]
    public async Task Quotation_ById_OrByWamid_IsTheContextOfEverySend()
    {
        var (_, client, contact) = await NewWriterAsync();
        var first = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "Hello" })).Data!;
        var (id, wamid) = ((long)first["chat_message_id"]!, (string)first["message_id"]!);

        foreach (var (path, body) in new (string, JsonObject)[]
        {
            ("text", new() { ["message"] = "x" }),
            ("location", new() { ["latitude"] = 1, ["longitude"] = 2 }),
            ("contacts", new() { ["contacts"] = new JsonArray(contact.Id) }),
            ("interactive", new() { ["type"] = "location_request", ["body_text"] = "Where?" }),
        })
        {
            body["contact_id"] = contact.Id;
            body["reply_to"] = path == "text" ? wamid : id;
            var sent = (await client.PostAsync("/messages/" + path, body.ToJsonString())).ShouldBe(HttpStatusCode.OK);
            app.Graph.Calls[^1].Json["context"]!.ToJsonString().ShouldBe($$"""{"message_id":"{{wamid}}"}""", path);
            ((string)(await ReadAsync(client, sent))["ref_message_id"]!).ShouldBe(wamid, path);
        }
    }

    [Fact]
    public async Task Sticker_OfWebp_GoesOut_AndAnythingElseIsRefused()
    {
        var (_, client, contact) = await NewWriterAsync();
        app.Graph.Answers(HttpStatusCode.OK, """{"id":"media-1"}""");

        var sent = (await client.SendAsync(HttpMethod.Post, "/messages/sticker", Form(contact, Webp, "a.webp")))
            .ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json["sticker"]!.ToJsonString().ShouldBe("""{"id":"media-1"}""");
        ((string)(await ReadAsync(client, sent))["type"]!).ShouldBe("sticker");
        (await client.SendAsync(HttpMethod.Post, "/messages/sticker", Form(contact, Mp3, "a.webp")))
            .ShouldBeInvalid("media_file")
            .Errors("media_file")
            .ShouldBe(["The file must be webp by its content"]);
        (await client.SendAsync(HttpMethod.Post, "/messages/sticker", Form(contact, [.. Webp, .. new byte[500 * 1024]], "a.webp")))
            .ShouldBeInvalid("media_file").Errors("media_file").ShouldBe(["The file must not be larger than 500 KB"]);
        (await client.PostAsync("/messages/sticker", new { contact_id = contact.Id })).ShouldBeInvalid("media_url");
    }

    [Fact]
    public async Task VoiceNote_IsOpusAlone()
    {
        var (_, client, contact) = await NewWriterAsync();
        app.Graph.Answers(HttpStatusCode.OK, """{"id":"media-2"}""");

        (await client.SendAsync(HttpMethod.Post, "/messages/media",
            Form(contact, Opus, "a.ogg", ("media_type", "audio"), ("voice", "true"))))
            .ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json["audio"]!.ToJsonString().ShouldBe("""{"id":"media-2","voice":true}""");
        (await client.SendAsync(HttpMethod.Post, "/messages/media",
            Form(contact, Mp3, "a.mp3", ("media_type", "audio"), ("voice", "true"))))
            .ShouldBeInvalid("media_file").Errors("media_file").ShouldBe(["A voice note must be OGG with Opus"]);
        (await client.PostAsync("/messages/media",
            new { contact_id = contact.Id, media_type = "image", media_url = "https://example.com/a.jpg", voice = true }))
            .ShouldBeInvalid("voice");
    }

    [Fact]
    public async Task LinkAndLocationRequest_GoOutAsWhatsAppTakesThem()
    {
        var (_, client, contact) = await NewWriterAsync();

        (await client.PostAsync("/messages/interactive", new
        {
            contact_id = contact.Id,
            type = "cta_url",
            body_text = "See it",
            button_text = "Open",
            url = "https://example.com/a?b=1"
        }))
            .ShouldBe(HttpStatusCode.OK);
        app.Graph.Calls[^1].Json["interactive"]!.ToJsonString().ShouldBe(
            """{"type":"cta_url","body":{"text":"See it"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.com/a?b=1"}}}""");
        (await client.PostAsync("/messages/interactive",
            new { contact_id = contact.Id, type = "location_request", body_text = "Where are you?" }))
            .ShouldBe(HttpStatusCode.OK);
        app.Graph.Calls[^1].Json["interactive"]!.ToJsonString().ShouldBe(
            """{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}}""");
    }

    [Theory]
    [InlineData("""{"type":"cta_url","body_text":"x","url":"https://a.test"}""", "button_text")]
    [InlineData("""{"type":"cta_url","body_text":"x","button_text":"Open"}""", "url")]
    [InlineData("""{"type":"cta_url","body_text":"x","button_text":"Open","url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"type":"cta_url","body_text":"x","button_text":"123456789012345678901","url":"https://a.test"}""", "button_text")]
    [InlineData("""{"type":"location_request"}""", "body_text")]
    [InlineData("""{"type":"location_request","body_text":"x","header_text":"x"}""", "header_text")]
    public async Task Interactive_WithAWrongField_NamesIt(string body, string field)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/messages/interactive", With(body))).ShouldBeInvalid(field);
    }

    private static string With(string body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["phone"] = "+919587422369";
        return json.ToJsonString();
    }

    private static async Task<JsonNode> ReadAsync(ApiClient client, ApiReply sent) =>
        (await client.GetAsync($"/messages/{sent.Data!["chat_message_id"]}")).ShouldBe(HttpStatusCode.OK).Data!;

    private static MultipartFormDataContent Form(
        ContactDetails contact, byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(contact.Id.ToString(CultureInfo.InvariantCulture)), "contact_id" } };
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(file), "media_file", name);
        return form;
    }

    private async Task<(TestTenant Tenant, ApiClient Client, ContactDetails Contact)> NewWriterAsync(string? phone = null)
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        app.Graph.AcceptsEverySend();
        return (tenant, client, await tenant.CreateWriterAsync(app.Time, phone));
    }
}
