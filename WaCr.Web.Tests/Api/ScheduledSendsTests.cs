using System.Text;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Api;

/// <summary><c>send_at</c>, its cancellation, read receipts, and the files of messages.</summary>
public sealed class ScheduledSendsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 nothing else");

    [Fact]
    public async Task Scheduled_Answers202_AndIsShownUntilItIsCancelled()
    {
        var (_, client, contact) = await NewWriterAsync();
        var calls = app.Graph.Calls.Count;

        var reply = (
            await client.PostAsync(
                "/messages/text",
                new { contact_id = contact.Id, message = "Later, @{contact_first_name}", send_at = "2026-03-05T10:00:00+05:30" }))
            .ShouldBe(HttpStatusCode.Accepted);

        var data = reply.Data!;
        ((string)data["status"]!).ShouldBe("scheduled");
        ((string)data["send_at"]!).ShouldBe("2026-03-05T04:30:00+00:00");
        data["message_id"].ShouldBeNull();
        data["sent_at"].ShouldBeNull();
        ((string)data["message"]!).ShouldBe("Later, Asha");
        app.Graph.Calls.Count.ShouldBe(calls);
        var path = $"/messages/{data["chat_message_id"]}";
        ((string)(await client.GetAsync(path)).Data!["status"]!).ShouldBe("scheduled");

        (await client.DeleteAsync(path)).ShouldBe(HttpStatusCode.OK);

        var gone = (await client.GetAsync(path)).Data!;
        ((string)gone["status"]!).ShouldBe("cancelled");
        gone["send_at"].ShouldBeNull();
        (await client.DeleteAsync(path)).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Theory]
    [InlineData("2026-03-04T05:06:07+00:00", "Choose a time that is still to come")]
    [InlineData("2026-04-03T05:06:08Z", "A message can be put off for 30 days at most")]
    [InlineData("2026-03-05T10:00:00", "The time must be ISO 8601 with an offset, for example 2026-01-01T08:00:00+00:00")]
    [InlineData("2026-03-05", "The time must be ISO 8601 with an offset, for example 2026-01-01T08:00:00+00:00")]
    [InlineData("tomorrow", "The time must be ISO 8601 with an offset, for example 2026-01-01T08:00:00+00:00")]
    public async Task SendAt_OutsideItsRange_IsInvalid(string at, string message)
    {
        var (_, client, contact) = await NewWriterAsync();

        (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "x", send_at = at }))
            .ShouldBeInvalid("send_at")
            .Errors("send_at")
            .ShouldBe([message]);
    }

    [Fact]
    public async Task SendAt_InThirtyDays_IsTaken_OnEverySend()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        await tenant.AddTemplateAsync("order", components: """[{"type":"BODY","text":"Hi {{1}}"}]""");
        var text = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "x" })).Data!;
        const string at = "2026-04-03T05:06:07Z";

        foreach (var (path, body) in new (string, object)[]
        {
            ("text", new { contact_id = contact.Id, send_at = at, message = "x" }),
            ("template", new { contact_id = contact.Id, send_at = at, template_name = "order", field_1 = "a" }),
            ("interactive",
             new
             {
                 contact_id = contact.Id,
                 send_at = at,
                 type = "cta_url",
                 body_text = "x",
                 button_text = "Open",
                 url = "https://example.com",
             }),
            ("location", new { contact_id = contact.Id, send_at = at, latitude = 1, longitude = 2 }),
            ("contacts", new { contact_id = contact.Id, send_at = at, contacts = new[] { new { name = "A" } } }),
            ("reaction", new { send_at = at, message_id = (string)text["message_id"]!, emoji = "👍" }),
        })
        {
            var reply = await client.PostAsync("/messages/" + path, body);
            reply.ShouldBe(HttpStatusCode.Accepted);
            ((string)reply.Data!["status"]!).ShouldBe("scheduled", path);
        }
    }

    [Fact]
    public async Task Scheduled_ToSomebodyWhoIsNotThere_LeavesNoContactBehind()
    {
        var (_, client, _) = await NewWriterAsync();

        (await client.PostAsync("/messages/text", new { phone = "+919000000077", message = "x", send_at = "2026-03-05T10:00:00Z" }))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "MESSAGE_WINDOW_CLOSED");
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
        (await client.PostAsync("/messages/text", new { contact_id = 4711, message = "x", send_at = "2026-03-05T10:00:00Z" }))
            .ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Scheduled_WithTheSameKey_IsKeptOnce()
    {
        var (_, client, contact) = await NewWriterAsync();
        var body = new { contact_id = contact.Id, message = "once", send_at = "2026-03-05T10:00:00Z" };

        var first = (await client.PostAsync("/messages/text", body, ("Idempotency-Key", "later"))).ShouldBe(HttpStatusCode.Accepted);
        var second = await client.PostAsync("/messages/text", body, ("Idempotency-Key", "later"));

        second.Body.ShouldBe(first.Body);
        (await client.GetAsync("/messages")).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Cancel_OfASentMessage_IsAConflict_AndOfTheOtherTenantsNotFound()
    {
        var (_, client, contact) = await NewWriterAsync();
        var sent = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "x" })).Data!;
        var (_, other) = await app.NewTenantAsync();

        (await client.DeleteAsync($"/messages/{sent["chat_message_id"]}")).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        (await other.DeleteAsync($"/messages/{sent["chat_message_id"]}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Read_TellsWhatsApp_WithTyping_AndMarksWhatCameBefore()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var inbound = await tenant.AddInboundAsync(contact.Id, "wamid.in.1", app.Time.GetUtcNow());
        app.Graph.Answers(HttpStatusCode.OK, """{"success":true}""");

        var reply = (await client.PostAsync($"/messages/{inbound}/read", new { typing = true })).ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json.ToJsonString().ShouldBe(
            """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.in.1","typing_indicator":{"type":"text"}}""");
        ((string)reply.Data!["status"]!).ShouldBe("read");
        ((bool)(await client.GetAsync($"/messages/{inbound}")).Data!["is_read"]!).ShouldBeTrue();
        var sent = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "x" })).Data!;
        (await client.PostAsync($"/messages/{sent["chat_message_id"]}/read", new { })).ShouldBeInvalid("message_id");
        app.Graph.Refuses(131009);
        (await client.PostAsync("/messages/wamid.in.1/read", new { }))
            .ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");
        var (_, other) = await app.NewTenantAsync();
        (await other.PostAsync($"/messages/{inbound}/read", new { })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Media_IsStreamed_WithItsName_AndInParts()
    {
        var (_, client, contact) = await NewWriterAsync();
        app.Graph.Answers(HttpStatusCode.OK, """{"id":"media-1"}""");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(contact.Phone), "phone" }, { new StringContent("document"), "media_type" },
            { new StringContent("Rechnung Ä 7.pdf"), "filename" },
        };
        form.Add(new ByteArrayContent(Pdf), "media_file", "x.pdf");
        var sent = (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBe(HttpStatusCode.OK).Data!;
        var url = (string)(await client.GetAsync($"/messages/{sent["chat_message_id"]}")).Data!["url"]!;

        url.ShouldBe($"/api/v2/messages/{sent["chat_message_id"]}/media");
        var path = url["/api/v2".Length..];
        var file = (await client.GetAsync(path)).ShouldBe(HttpStatusCode.OK);
        file.Body.ShouldBe(Pdf);
        file.Headers["Content-Type"].ShouldBe("application/pdf");
        file.Headers["Content-Disposition"].ShouldContain("filename*=UTF-8''Rechnung%20%C3%84%207.pdf");
        var part = (await client.GetAsync(path, ("Range", "bytes=1-3"))).ShouldBe(HttpStatusCode.PartialContent);
        Encoding.ASCII.GetString(part.Body).ShouldBe("PDF");
        (await client.GetAsync(path, ("If-None-Match", file.Headers["ETag"]))).ShouldBe(HttpStatusCode.NotModified);
        var (_, other) = await app.NewTenantAsync();
        (await other.GetAsync(path)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        var text = (await client.PostAsync("/messages/text", new { contact_id = contact.Id, message = "x" })).Data!;
        (await client.GetAsync($"/messages/{text["chat_message_id"]}/media")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Messages_OfOneContact_AreListedAlone()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var other = await tenant.CreateWriterAsync(app.Time, "+919587400002");
        foreach (var id in new[] { contact.Id, other.Id })
        {
            (await client.PostAsync("/messages/text", new { contact_id = id, message = "x" })).ShouldBe(HttpStatusCode.OK);
        }

        (await client.GetAsync($"/messages?filter[contact_id]={other.Id}&filter[direction]=outbound"))
            .Items.ShouldHaveSingleItem()!["contact_id"]!.GetValue<long>()
            .ShouldBe(other.Id);
        (await client.GetAsync("/messages?filter[contact_id]=x")).ShouldFail(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    private async Task<(TestTenant Tenant, ApiClient Client, ContactDetails Contact)> NewWriterAsync()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        app.Graph.AcceptsEverySend();
        return (tenant, client, await tenant.CreateWriterAsync(app.Time));
    }
}
