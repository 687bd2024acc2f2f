using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using Xunit.Abstractions;

namespace WaCr.Web.Tests.Api;

/// <summary>
/// Many callers on one row: each is answered, nothing is lost, and on PostgreSQL they wait for each other's locks; a write that runs again
/// is the exception.
/// </summary>
public sealed class HotRowTests(WhatsAppApps apps, ITestOutputHelper output) : IClassFixture<WhatsAppApps>
{
    private const int Callers = 32;
    private const int Rounds = 3;

    // One in twenty-five.
    private const int MaxRepeats = Callers * Rounds / 25;

    private const string Phone = "+919587422369";

    private int _repeats;

    [Theory, OnEachEngine]
    public async Task UsageCounter_OfContactsCreatedByAll_IsRight(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);

        var replies = await AtOnceAsync(_ => client.PostAsync("/contacts", ApiBodies.Contact(tenant)));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.Created);
        (await CounterAsync(tenant, Metric.Contacts)).ShouldBe(replies.Length);
    }

    [Theory, OnEachEngine]
    public async Task UsageCounter_NearItsLimit_LetsInAsManyAsThereIsRoomFor(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync("starter");
        long limit;
        await using (var db = tenant.OpenDatabase())
        {
            limit = (await db.Subscriptions.Include(s => s.Plan).SingleAsync()).Plan!.LimitOf(Metric.Contacts)!.Value;
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, limit - 5));
        }

        var replies = await AtOnceAsync(_ => client.PostAsync("/contacts", ApiBodies.Contact(tenant)));

        replies.Count(reply => reply.Status == HttpStatusCode.Created).ShouldBe(5);
        replies.Where(reply => reply.Status != HttpStatusCode.Created)
            .ShouldAllBe(reply => reply.Status == HttpStatusCode.Forbidden && reply.ErrorCode == "FEATURE_LIMIT_EXCEEDED");
        (await CounterAsync(tenant, Metric.Contacts)).ShouldBe(limit);
        await using var read = tenant.OpenDatabase();
        (await read.Contacts.CountAsync()).ShouldBe(5);
    }

    [Theory, OnEachEngine]
    public async Task OneNumber_PutByAll_IsOneContact(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);

        var replies = await AtOnceAsync(n => client.PutAsync(
            $"/contacts/by-phone/{Uri.EscapeDataString(Phone)}", ApiBodies.Contact(tenant, ("phone", Phone), ("city", $"City {n}"))));

        replies.Count(reply => reply.Status == HttpStatusCode.Created).ShouldBe(1);
        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK || reply.Status == HttpStatusCode.Created);
        (await CounterAsync(tenant, Metric.Contacts)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task OneNumbersCodes_SentByAll_LeaveOneThatHolds(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);

        var replies = await AtOnceAsync(n => client.PostAsync(
            "/auth/send-otp", new { phone = Phone, template_name = "otp_code", code = $"{n:D6}" }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        await using var db = tenant.OpenDatabase();
        (await db.OneTimeCodes.CountAsync()).ShouldBe(replies.Length);
        (await db.OneTimeCodes.CountAsync(code => code.State == OneTimeCodeState.Active)).ShouldBe(1);
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.Conversations.CountAsync()).ShouldBe(1);
        (await tenant.UsedConversationsAsync()).ShouldBe(1);
        (await db.UsageWindows.SingleAsync()).Messages.ShouldBe(replies.Length);
        (await db.Conversations.SingleAsync()).LastMessageId.ShouldBe(await db.Messages.MaxAsync(message => message.Id));
    }

    [Theory, OnEachEngine]
    public async Task OneNumbersCode_TriedByAll_IsTakenOnce_AndWrongOnesAreCounted(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        (await client.PostAsync("/auth/send-otp", new { phone = Phone, template_name = "otp_code", code = "482913" }))
            .ShouldBe(HttpStatusCode.OK);

        var replies = await AtOnceAsync(n => client.PostAsync(
            "/auth/verify", new { phone = Phone, code = n % 2 == 0 ? "482913" : $"{n}" }));

        // Five tries count, unless one of them is right; nobody is told more of the code than those five.
        var (taken, wrong) = (replies.Count(reply => reply.Status == HttpStatusCode.OK), replies.Count(reply => reply.ErrorCode == "INVALID_CODE"));
        replies.Where(reply => reply.Status != HttpStatusCode.OK).ShouldAllBe(reply =>
            reply.ErrorCode == "INVALID_CODE" || reply.ErrorCode == "OTP_NOT_FOUND" || reply.ErrorCode == "MAX_ATTEMPTS_EXCEEDED"
            || reply.ErrorCode == "RATE_LIMIT_EXCEEDED");
        await using var db = tenant.OpenDatabase();
        var code = await db.OneTimeCodes.SingleAsync();
        code.Attempts.ShouldBe(taken + wrong);
        code.Attempts.ShouldBeLessThanOrEqualTo(OneTimeCode.MaxAttempts);
        (taken, code.State).ShouldBe(taken == 1 ? (1, OneTimeCodeState.Used) : (0, OneTimeCodeState.Active));
        (taken == 1 || wrong == OneTimeCode.MaxAttempts).ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task OneConversation_WrittenToByAll_CountsEachMessage(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var contact = await tenant.CreateWriterAsync((await apps.OnAsync(engine)).Time, Phone);

        var replies = await AtOnceAsync(n => client.PostAsync("/messages/text", new { contact_id = contact.Id, message = $"Hello {n}" }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK || reply.Status == HttpStatusCode.Created);
        await using var db = tenant.OpenDatabase();
        (await db.Messages.CountAsync()).ShouldBe(replies.Length);
        (await db.UsageWindows.SingleAsync()).Messages.ShouldBe(replies.Length);
        (await tenant.UsedConversationsAsync()).ShouldBe(1);
        (await db.Conversations.SingleAsync()).LastMessageId.ShouldBe(await db.Messages.MaxAsync(message => message.Id));
    }

    /// <summary>Each refusal gives back what its send took, while others take it.</summary>
    [Theory, OnEachEngine]
    public async Task OneConversation_WrittenToByAll_AllRefused_LeavesNothingCounted(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var contact = await tenant.CreateWriterAsync((await apps.OnAsync(engine)).Time, Phone);
        apps.WhatsApp.Refusal = new WhatsAppRefused(131026, "Undeliverable", "Not on WhatsApp.", null, null);

        var replies = await AtOnceAsync(n => client.PostAsync("/messages/text", new { contact_id = contact.Id, message = $"Hello {n}" }));

        replies.ShouldAllBe(reply => reply.ErrorCode == "MESSAGE_SEND_FAILED");
        await using var db = tenant.OpenDatabase();
        (await db.Messages.CountAsync(message => message.Status == MessageStatus.Failed)).ShouldBe(replies.Length);
        (await db.UsageWindows.CountAsync()).ShouldBe(0);
        (await tenant.UsedConversationsAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task OneContact_ChangedByAll_HasEachChangeInItsVersionAndHistory(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var created = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));

        var replies = await AtOnceAsync(n => client.PatchAsync($"/contacts/{created.Id}", new { city = $"City {n}" }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        replies.Select(reply => reply.Headers["ETag"]).Distinct().Count().ShouldBe(replies.Length);
        await using var db = tenant.OpenDatabase();
        (await db.AuditEntries.CountAsync(entry => entry.EntityId == created.Id)).ShouldBe(replies.Length + 1);
    }

    [Theory, OnEachEngine]
    public async Task OneContactsConsent_SaidByAll_StandsTheSameInContactAndRecord(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var created = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));

        var replies = await AtOnceAsync(n => client.PatchAsync($"/contacts/{created.Id}", new JsonObject
        {
            ["consent"] = n % 2 == 0
                ? new JsonObject { ["marketing"] = "granted", ["source"] = $"Form {n}" }
                : new JsonObject { ["marketing"] = "denied" },
        }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        await using var db = tenant.OpenDatabase();
        var contact = await db.Contacts.SingleAsync();
        var record = await db.ConsentRecords.SingleAsync(one => one.Purpose == ConsentPurpose.Marketing);
        record.IsOptedOut.ShouldBe(contact.IsOptedOut);
        (record.Source is null).ShouldBe(contact.IsOptedOut); // only a yes came with one
        contact.AgreesToMarketing.ShouldBe(!contact.IsOptedOut);
    }

    [Theory, OnEachEngine]
    public async Task OneGroup_RenamedAndFilledByAll(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var group = await tenant.CreateGroupAsync("Wholesale");
        var contact = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).Id;

        var replies = await AtOnceAsync(n => (n % 3) switch
        {
            0 => client.PatchAsync($"/groups/{group}", new { name = $"Wholesale {n}" }),
            1 => client.PostAsync($"/groups/{group}/contacts", new { contact_ids = new[] { contact } }),
            _ => client.DeleteAsync($"/groups/{group}/contacts", new { contact_ids = new[] { contact } }),
        });

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        var (joined, left) = (replies.Where((_, n) => n % 3 == 1).Sum(reply => (int)reply.Data!["contacts_added"]!),
            replies.Where((_, n) => n % 3 == 2).Sum(reply => (int)reply.Data!["contacts_removed"]!));
        await using var db = tenant.OpenDatabase();
        (await db.GroupMembers.CountAsync(member => member.GroupId == group && member.ContactId == contact)).ShouldBe(joined - left);
        replies.Where((_, n) => n % 3 == 0).Select(reply => (string)reply.Data!["name"]!)
            .ShouldContain((await db.Groups.SingleAsync(one => one.Id == group)).Name);
    }

    [Theory, OnEachEngine]
    public async Task OneGroupName_AskedForByAll_IsMadeOnce(DatabaseProvider engine)
    {
        var (_, client) = await StartAsync(engine);

        var replies = await AtOnceAsync(_ => client.PostAsync("/groups", new { name = "Wholesale" }));

        replies.Count(reply => reply.Status == HttpStatusCode.Created).ShouldBe(1);
        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.Created || reply.Status == HttpStatusCode.UnprocessableEntity);
    }

    [Theory, OnEachEngine]
    public async Task OneIdempotencyKey_SentByAll_MakesOneContact(DatabaseProvider engine)
    {
        var (tenant, client) = await StartAsync(engine);
        var body = ApiBodies.Contact(tenant).ToJsonString();

        var replies = await AtOnceAsync(_ => client.PostAsync("/contacts", body, ("Idempotency-Key", "one")));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.Created || reply.Status == HttpStatusCode.Conflict);
        replies.Where(reply => reply.Status == HttpStatusCode.Created).Select(reply => reply.Id).Distinct().Count().ShouldBe(1);
        (await CounterAsync(tenant, Metric.Contacts)).ShouldBe(1);
    }

    private async Task<(TestTenant Tenant, ApiClient Client)> StartAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var account = await WhatsAppApps.ConnectAsync(tenant);
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents, account: account);
        return (tenant, client);
    }

    private static async Task<long> CounterAsync(TestTenant tenant, Metric metric)
    {
        await using var db = tenant.OpenDatabase();
        return await db.UsageCounters.Where(counter => counter.Metric == metric).SumAsync(counter => counter.Value);
    }

    /// <summary>Each caller makes its calls one after the other; each call has a number of its own.</summary>
    private async Task<ApiReply[]> AtOnceAsync(Func<int, Task<ApiReply>> call)
    {
        _repeats = apps.Writes.Repeats;
        var replies = new ApiReply[Callers * Rounds];
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var n = caller; n < replies.Length; n += Callers)
            {
                replies[n] = await call(n);
            }
        })));
        output.WriteLine($"repeats: {apps.Writes.Repeats - _repeats}; {string.Join(", ", replies.CountBy(reply => reply.Status))}");
        (apps.Writes.Repeats - _repeats).ShouldBeLessThanOrEqualTo(MaxRepeats);
        return replies;
    }
}
