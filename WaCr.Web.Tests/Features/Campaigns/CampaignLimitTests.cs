using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Templates;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>What stands in the way of a campaign: opt-outs, the template, the plan, roles and other tenants.</summary>
public sealed class CampaignLimitTests
{
    [Theory, OnEachEngine]
    public async Task OptOutWhileItRuns_IsRespectedWhenItsTurnComes(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(3);
        var id = await world.StartAsync(perMinute: 1);
        await world.TickAsync();
        await world.OptOutAsync(contacts[2]);
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Campaigns.ExecuteUpdateAsync(set =>
                set.SetProperty(c => c.PerMinute, 60_000).SetProperty(c => c.PacedUntil, (DateTimeOffset?)null));
        }

        world.Messaging.Time.Advance(TimeSpan.FromSeconds(6));
        var ended = await world.RunAsync(id);

        (ended.Item.Funnel.Sent, ended.Item.Funnel.Failed, ended.Item.Funnel.Retryable).ShouldBe((2, 1, 0));
        world.Messaging.WhatsApp.Sent.Count.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task TemplateThatWhatsAppPauses_PausesTheCampaign_WithTheReason(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(5);
        var id = await world.StartAsync(perMinute: 60);
        await world.TickAsync();
        await SetTemplateAsync("PAUSED");

        var paused = await world.RunAsync(id);
        (paused.Item.State, paused.Item.PausedBecause).ShouldBe((CampaignState.Paused, CampaignPause.TemplateUnfit));
        world.Messaging.WhatsApp.Sent.Count.ShouldBeLessThan(5);

        await SetTemplateAsync("APPROVED");
        await world.Service.ResumeAsync(id, default).OrThrowAsync();
        (await world.RunAsync(id)).Item.Funnel.Sent.ShouldBe(5);

        async Task SetTemplateAsync(string status)
        {
            await using var db = world.Tenant.OpenDatabase();
            await db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, status));
        }
    }

    [Theory, OnEachEngine]
    public async Task LimitsOfThePlan_AreCheckedBefore_AndHeldDuring(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine, plan: "starter");
        await world.AddContactsAsync(8);
        await UseConversationsAsync(world, 1_995);

        var draft = await world.DraftAsync();
        var refused = (await world.Service.StartAsync(draft.Item.Id, default)).Error.ShouldBeOfType<LimitExceededError>();
        (refused.Feature, refused.Current, refused.Maximum).ShouldBe(("conversations", 8, 5));
        await UseConversationsAsync(world, 1_992);
        await world.Service.StartAsync(draft.Item.Id, default).OrThrowAsync();
        await UseConversationsAsync(world, 1_997); // somebody else needs some meanwhile

        var paused = await world.RunAsync(draft.Item.Id);
        (paused.Item.State, paused.Item.PausedBecause).ShouldBe((CampaignState.Paused, CampaignPause.PlanLimit));
        (paused.Item.Funnel.Sent, paused.Item.Funnel.Held, paused.Item.Funnel.Failed).ShouldBe((3, 5, 0));

        await UseConversationsAsync(world, 100);
        await world.Service.ResumeAsync(draft.Item.Id, default).OrThrowAsync();
        (await world.RunAsync(draft.Item.Id)).Item.Funnel.Sent.ShouldBe(8);
    }

    [Theory, OnEachEngine]
    public async Task PlanWithoutRoomOrWithoutBroadcasts_StartsNone(DatabaseProvider engine)
    {
        await using var free = await CampaignWorld.CreateAsync(engine, plan: "free");
        await free.AddContactsAsync(1);
        (await free.Service.StartAsync((await free.DraftAsync()).Item.Id, default))
            .Error.ShouldBe(new FeatureNotAvailableError("bulk_messaging"));

        await using var starter = await CampaignWorld.CreateAsync(engine, plan: "starter");
        await starter.AddContactsAsync(1);
        await using (var db = starter.Tenant.OpenDatabase())
        {
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Campaigns)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 10));
        }

        var draft = (await starter.DraftAsync()).Item.Id;
        (await starter.Service.StartAsync(draft, default)).Error.ShouldBe(new LimitExceededError("campaigns", 10, 10));
        (await starter.GetAsync(draft)).Item.State.ShouldBe(CampaignState.Draft);
    }

    [Theory, OnEachEngine]
    public async Task WhoeverStartedIt_MustStillBeAllowedTo(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(3);
        var person = await world.Tenant.SignInAsync(Role.Admin);
        var id = await world.StartAsync(perMinute: 1);
        await world.TickAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Memberships.Where(m => m.UserId == person).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Agent));
        }

        world.Messaging.Time.Advance(TimeSpan.FromMinutes(5));
        var paused = await world.RunAsync(id);

        (paused.Item.State, paused.Item.PausedBecause, paused.Item.Funnel.Sent)
            .ShouldBe((CampaignState.Paused, CampaignPause.NotAllowed, 1));
    }

    [Theory, OnEachEngine]
    public async Task AValueThatCannotBeKept_NamesTheRuleThatItBreaks(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var draft = (await world.DraftAsync()).Item.Id;

        (await ErrorOfAsync("field_1", "half\ud83d")).ShouldBe([TextRule.Unprintable]);
        (await ErrorOfAsync("field_1", new string('a', TemplateForm.ValueMaxLength + 1)))
            .ShouldBe([TextRule.TooLong(TemplateForm.ValueMaxLength)]);
        (await ErrorOfAsync(TemplateForm.SectionsField, new string('a', TemplateForm.SectionsMaxLength + 1)))
            .ShouldBe([TextRule.TooLong(TemplateForm.SectionsMaxLength)]);

        async Task<IReadOnlyList<FieldError>> ErrorOfAsync(string field, string text)
        {
            var values = new Dictionary<string, CampaignValue>(StringComparer.Ordinal) { [field] = new(CampaignSource.Text, text) };
            return (await world.Drafts.UpdateAsync(draft, new CampaignPatch { Values = values }, default)).ShouldBeInvalid()["template_id"];
        }
    }

    [Theory, OnEachEngine]
    public async Task WhatIsMissing_IsSaidAtOnce_EachUnderItsField(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var empty = (await world.Drafts.CreateAsync(new CampaignPatch(), default).OrThrowAsync()).Item.Id;
        var errors = (await world.Service.StartAsync(empty, default)).ShouldBeInvalid();
        errors.Select(error => error.Key).ShouldBe(["name", "audience", "channel_id", "template_id"], ignoreOrder: true);

        var draft = (await world.DraftAsync()).Item.Id;
        (await world.Service.StartAsync(draft, default)).ShouldBeInvalid()["audience"].ShouldBe([CampaignErrors.NobodyLeft]);
        await world.Drafts.UpdateAsync(
            draft,
            new CampaignPatch
            {
                Values = new Dictionary<string, CampaignValue>(StringComparer.Ordinal) { ["field_1"] = new(CampaignSource.Text, " ") },
            },
            default)
            .OrThrowAsync();
        (await world.Service.StartAsync(draft, default))
            .ShouldBeInvalid()
            .Select(error => error.Key)
            .ShouldBe(["header_field_1", "field_1", "field_2", "button_0"], ignoreOrder: true);
        (await world.Drafts.UpdateAsync(draft, new CampaignPatch { PerMinute = 0 }, default))
            .ShouldBeInvalid()
            .Has("per_minute")
            .ShouldBeTrue();
        await world.Drafts.DiscardAsync(draft, default).OrThrowAsync();
        (await world.Service.StartAsync(draft, default)).Error.ShouldBe(CampaignErrors.NotFound);
    }

    [Theory, OnEachEngine]
    public async Task Audience_IsKeptAsItWasMeant(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(4);
        var group = await world.Tenant.CreateGroupAsync("VIP");
        await world.Tenant.CreateContactAsync(
            world.Tenant.NewContact("Vera") with { Company = "Acme", Groups = new Optional<IReadOnlyList<long>?>([group]) });
        var matching = ContactSelection.AllMatching(
            new ContactQuery { Search = "name", Filters = [FilterTerm.OfNumbers(ContactFilterFields.Type, FilterOperator.Equal, 0)] },
            [contacts[1]]);
        var inGroup = ContactSelection.AllMatching(
            new ContactQuery { Filters = [FilterTerm.OfNumbers(ContactFilterFields.GroupId, FilterOperator.Equal, group)] }, []);

        (await SelectedAsync(matching)).ShouldBe(3);
        (await SelectedAsync(inGroup)).ShouldBe(1);
        (await SelectedAsync(ContactSelection.Of(contacts.Take(2)))).ShouldBe(2);

        async Task<int> SelectedAsync(ContactSelection selection)
        {
            var draft = await world.DraftAsync(selection);
            return (await world.Tenant.GetFresh<CampaignForecast>().PreviewAsync(draft.Item.Id, default).OrThrowAsync()).Selected;
        }
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_SeesNothing_AndChangesNothing(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(2);
        var id = await world.StartAsync(perMinute: 1);
        var draft = (await world.DraftAsync()).Item.Id;
        var other = await world.Messaging.CreateTenantAsync("other");
        var (service, drafts) = (other.Get<CampaignService>(), other.Get<CampaignDrafts>());
        var queries = other.Get<CampaignQueries>();

        (await queries.GetAsync(id, default)).Error.ShouldBe(CampaignErrors.NotFound);
        (await queries.ListAsync(new PageRequest(1, 10), default).OrThrowAsync()).Total.ShouldBe(0);
        (await queries.ExcludedAsync(id, CampaignExclusionReason.OptedOut, 10, default).OrThrowAsync()).ShouldBeEmpty();
        (await other.Get<CampaignExport>().FindAsync(id, default)).Error.ShouldBe(CampaignErrors.NotFound);
        (await other.Get<CampaignForecast>().PreviewAsync(draft, default)).Error.ShouldBe(CampaignErrors.NotFound);
        foreach (var wish in new[] { service.StartAsync(draft, default), service.PauseAsync(id, default), service.ResumeAsync(id, default), service.CancelAsync(id, default), service.RetryAsync(id, default), drafts.UpdateAsync(draft, new CampaignPatch { Name = "Mine" }, default) })
        {
            (await wish).Error.ShouldBe(CampaignErrors.NotFound);
        }

        (await drafts.DiscardAsync(draft, default)).Error.ShouldBe(CampaignErrors.NotFound);
        (await drafts.CreateAsync(new CampaignPatch { ChannelId = world.Messaging.ChannelId, TemplateId = world.TemplateId }, default))
            .ShouldBeInvalid()
            .Select(error => error.Key).ShouldBe(["channel_id", "template_id"], ignoreOrder: true);
        (await world.GetAsync(id)).Item.State.ShouldBe(CampaignState.Queueing);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Agent)]
    public async Task RolesBelowAdmin_ReadCampaigns_AndStartNone(Role role)
    {
        await using var world = await CampaignWorld.CreateAsync(DatabaseProvider.Sqlite);
        await world.AddContactsAsync(1);
        var draft = (await world.DraftAsync()).Item.Id;
        await world.Tenant.SignInAsync(role);
        var no = new ForbiddenError(Permissions.CampaignsWrite);

        (await world.GetAsync(draft)).Item.Name.ShouldBe("Spring");
        foreach (var wish in new[] { world.Drafts.CreateAsync(new CampaignPatch(), default), world.Service.StartAsync(draft, default), world.Service.PauseAsync(draft, default), world.Service.ResumeAsync(draft, default), world.Service.CancelAsync(draft, default), world.Service.RetryAsync(draft, default), world.Drafts.UpdateAsync(draft, new CampaignPatch(), default) })
        {
            (await wish).Error.ShouldBe(no);
        }

        (await world.Drafts.DiscardAsync(draft, default)).Error.ShouldBe(no);
        (await world.Tenant.GetFresh<CampaignForecast>().PreviewAsync(draft, default)).Error.ShouldBe(no);
        (await world.Tenant.GetFresh<CampaignExport>().FindAsync(draft, default))
            .Error.ShouldBe(new ForbiddenError(Permissions.ContactsExport));
    }

    private static async Task UseConversationsAsync(CampaignWorld world, long value)
    {
        await using var db = world.Tenant.OpenDatabase();
        if (await db.UsageCounters.Where(c => c.Metric == Metric.Conversations)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, value)) == 0)
        {
            db.UsageCounters.Add(new UsageCounter { Metric = Metric.Conversations, Period = "2026-03", Value = value });
            await db.SaveChangesAsync();
        }
    }
}
