using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class BroadcastTests(StaffApp app) : IAsyncLifetime
{
    private const int People = 500;
    private const int OptedOut = 20;
    private const string LastName = "Of the broadcast";
    private const string GroupName = "Broadcast of 500";

    // Numbers of the sandbox with a behaviour of their own: refused at once, failed afterwards, and no answer that says anything.
    private static readonly string[] Refused = ["+15550131030", "+15550132000", "+15550132012"];
    private static readonly string[] Undeliverable = ["+15550131026", "+15550130472"];
    private const string Unanswered = "+15550900006";

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The demo's people are there for other tests as well: these leave again, and what was said to them.</summary>
    public Task DisposeAsync() => app.InWorkspaceAsync("demo", async services =>
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var ids = await db.Contacts.Where(contact => contact.LastName == LastName).Select(contact => contact.Id).ToListAsync();
        (await services.GetRequiredService<ContactService>().DeleteManyAsync(ids, CancellationToken.None)).OrThrow();
        return (await services.GetRequiredService<IDatabaseWriter>().WriteAsync<int>(
            async write =>
            {
                await write.Conversations.Where(conversation => ids.Contains(conversation.ContactId)).ExecuteDeleteAsync();
                await write.Groups.Where(group => group.Name == GroupName).ExecuteDeleteAsync();
                return await write.DeletedContacts.Where(deleted => ids.Contains(deleted.Id)).ExecuteDeleteAsync();
            },
            CancellationToken.None)).OrThrow();
    });

    [Fact]
    public async Task A_broadcast_to_500_with_20_opted_out_is_paused_and_resumed_and_ends_in_exact_numbers()
    {
        var group = await PrepareAsync();
        await using var staff = await app.SignInAsync("owner@demo.test");
        var page = staff.Page;
        await staff.PlanBroadcastAsync(GroupName, "500 contacts", async () => (await staff.SeriousIssuesAsync()).ShouldBeEmpty());
        await Expect(page.Locator("#check-title")).ToHaveTextAsync("480 recipients");
        await Expect(page.Locator("[data-reason=OptedOut]")).ToContainTextAsync("20");
        await Expect(page.Locator(".samples > li")).ToHaveCountAsync(3);
        await Expect(page.Locator(".samples > li").First).ToContainTextAsync("Recipient");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Spring offer");
        await staff.ChooseAsync(page.Locator("#broadcast-pace"), "1,200 messages a minute");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Button("Send to 480 people").ClickAsync();
        await page.WaitForURLAsync(new Regex("/broadcasts/[0-9]+$"));
        await staff.Button("Stop").ClickAsync();
        await page.WaitForURLAsync(new Regex("/broadcasts/new"));
        await staff.Button("Next").ClickAsync();
        await staff.Button("Next").ClickAsync();
        await staff.Button("Send to 480 people").ClickAsync();

        await page.WaitForURLAsync(new Regex("/broadcasts/[0-9]+$"));
        await Expect(staff.Heading).ToHaveTextAsync("Spring offer");
        await Expect(Step("queued")).ToHaveTextAsync("480");
        await staff.Button("Pause").ClickAsync();
        await Expect(page.GetByText("Paused by a user")).ToBeVisibleAsync();
        await Expect(Step("waiting")).Not.ToHaveTextAsync("0");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Button("Resume").ClickAsync();

        await Expect(page.Locator(".page-head .chip")).ToHaveTextAsync("Finished");
        await Expect(Step("queued")).ToHaveTextAsync("480");
        await Expect(Step("failed")).ToHaveTextAsync("5");
        await Expect(Step("uncertain")).ToHaveCountAsync(0); // its status came with our reference and settled it
        await Expect(Step("sent")).ToHaveTextAsync("475");
        await Expect(Step("read")).ToHaveTextAsync("475");
        await Expect(page.GetByText("20 contacts skipped")).ToBeVisibleAsync();
        await Expect(staff.Button("Retry 3 failed")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        (await MaxToOneRecipientAsync()).ShouldBe(1);

        await staff.GotoAsync("/broadcasts");
        await Expect(staff.Row("Spring offer")).ToContainTextAsync("475");

        ILocator Step(string key) => page.Locator($"tr[data-step={key}] td").First;
    }

    /// <summary>A group of its own, with numbers that fail in the ways of the sandbox.</summary>
    private Task<long> PrepareAsync() => app.InWorkspaceAsync("demo", async services =>
    {
        var group = (await services.GetRequiredService<LookupService<WaCr.Web.Domain.Group>>().CreateAsync(new LookupPatch { Name = GroupName }, CancellationToken.None)).OrThrow().Id;
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var (status, source) = (await db.Statuses.Select(s => s.Id).FirstAsync(), await db.Sources.Select(s => s.Id).FirstAsync());
        string[] special = [.. Refused, .. Undeliverable, Unanswered];
        var rows = Enumerable.Range(0, People).Select(n => new ContactPatch
        {
            FirstName = $"Recipient {n:D3}",
            LastName = LastName,
            Phone = n < special.Length ? special[n] : string.Create(CultureInfo.InvariantCulture, $"+9198{70_000_000 + n}"),
            Type = "lead",
            StatusId = status,
            SourceId = source,
            Groups = new Optional<IReadOnlyList<long>?>([group]),
        }).ToList();
        var batch = services.GetRequiredService<ContactBatch>();
        var created = (await batch.CreateAsync(rows, new ContactBatchOptions(), CancellationToken.None)).OrThrow();
        created.Failed.ShouldBeEmpty();
        var last = created.Created.Select(contact => contact.Id).TakeLast(OptedOut).ToList();
        (await services.GetRequiredService<IDatabaseWriter>().WriteAsync<int>(
            async write => await write.Contacts.Where(contact => last.Contains(contact.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.IsOptedOut, true)),
            CancellationToken.None)).OrThrow().ShouldBe(OptedOut);
        return group;
    });

    /// <summary>How many messages of the broadcast whoever has most has.</summary>
    private Task<int> MaxToOneRecipientAsync() => app.InWorkspaceAsync("demo", async services =>
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var last = await db.Campaigns.MaxAsync(campaign => campaign.Id);
        var contacts = await db.Messages.Where(m => m.CampaignId == last).Select(m => m.ContactId).ToListAsync();
        return contacts.GroupBy(id => id).Max(messages => messages.Count());
    });
}
