using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Tests.Api;

/// <summary>WhatsApp answers a send with the id of a message that is already there.</summary>
public sealed class KnownMessageIdTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Key = "Idempotency-Key";

    [Theory, OnEachEngine]
    public async Task SendAnsweredWithAKnownId_MayHaveBeenSent_AndIsNotSentAgain(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(app.Time);
        const string answer = """{"messages":[{"id":"wamid.same"}]}""";
        app.Graph.Answers(HttpStatusCode.OK, answer).Answers(HttpStatusCode.OK, answer);
        var before = app.Graph.Calls.Count;
        (await client.PostAsync("/messages/text", new { phone = contact.Phone, message = "One" })).ShouldBe(HttpStatusCode.OK);
        var second = new { phone = contact.Phone, message = "Two" };

        var reply = await client.PostAsync("/messages/text", second, (Key, "a"));
        var again = await client.PostAsync("/messages/text", second, (Key, "a"));

        Unclear(reply).ShouldBe(("No answer", true));
        Unclear(again).ShouldBe(("No answer", true));
        (app.Graph.Calls.Count - before).ShouldBe(2);
        await using var db = tenant.OpenDatabase();
        (await db.Messages.Where(m => m.Text == "One" || m.Text == "Two").OrderBy(m => m.Id)
            .Select(m => new { m.State, m.Wamid }).ToListAsync())
            .Select(m => (m.State, m.Wamid)).ShouldBe([(OutboxState.Sent, "wamid.same"), (OutboxState.Uncertain, null)]);
    }

    private static (string Title, bool MayHaveBeenSent) Unclear(ApiReply reply)
    {
        var details = reply.ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED").Json["error"]!["details"]!;
        return ((string)details["title"]!, (bool)details["may_have_been_sent"]!);
    }
}
