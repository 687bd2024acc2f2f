using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Layout;

/// <summary>The search over everything: each kind by the search of its own list, and pages by name.</summary>
public sealed class GlobalFinder(
    ContactQueries contacts, InboxQueries inbox, MessageFinder messages, TemplateQueries templates, CampaignQueries campaigns,
    LookupQueries<Group> groups, TenantContext tenant, SandboxPresence sandbox, Localizer T)
{
    private const int MaxContacts = 6;
    private const int MaxOthers = 4;

    // A single letter is in nearly everything.
    private const int ShortestForOthers = 2;

    /// <summary>An empty text finds the contacts changed last, every command of the open page, and every page.</summary>
    public async Task<Result<IReadOnlyList<SearchGroup>>> FindAsync(
        string typed, IEnumerable<PageCommand> commands, CancellationToken cancellationToken)
    {
        var text = typed.Trim();
        List<Task<Result<SearchGroup>>> searches = [];
        if (tenant.Actor.May(Permissions.ContactsRead))
        {
            searches.Add(FindContactsAsync(text, cancellationToken));
        }

        if (text.Length >= ShortestForOthers)
        {
            searches.AddRange(FindOthers(text, cancellationToken));
        }

        List<SearchGroup> found = [];
        foreach (var search in await Task.WhenAll(searches))
        {
            if (!search.Succeeded)
            {
                return search.Error;
            }

            found.Add(search.Value);
        }

        // After the contacts: Enter opens the first hit, and does nothing to the open page by surprise.
        found.Add(new(T["On this page"], [.. CommandsNamed(commands, text)]));
        found.Add(new(T["Pages"], [.. PagesNamed(text)]));
        found.RemoveAll(group => group.Hits.Count == 0);
        return found;
    }

    private IEnumerable<Task<Result<SearchGroup>>> FindOthers(string text, CancellationToken cancellationToken)
    {
        if (tenant.Actor.May(Permissions.MessagesRead))
        {
            yield return FindConversationsAsync(text, cancellationToken);
            if (text.Length >= MessageFinder.ShortestPart)
            {
                yield return FindMessagesAsync(text, cancellationToken);
            }
        }

        if (tenant.Actor.May(Permissions.TemplatesRead))
        {
            yield return FindTemplatesAsync(text, cancellationToken);
        }

        if (tenant.Actor.May(Permissions.CampaignsRead))
        {
            yield return FindCampaignsAsync(text, cancellationToken);
        }

        if (tenant.Actor.May(Permissions.GroupsRead))
        {
            yield return FindGroupsAsync(text, cancellationToken);
        }
    }

    private async Task<Result<SearchGroup>> FindContactsAsync(string text, CancellationToken cancellationToken)
    {
        var query = new ContactQuery
        {
            Page = new PageRequest(1, MaxContacts),
            Sort = [new SortTerm(ContactSortFields.UpdatedAt, Descending: true)],
            Search = text,
        };
        var found = await contacts.ListAsync(query, cancellationToken);
        return GroupOf(text.Length == 0 ? T["Recently changed"] : T["Contacts"], found.Error, found.Value?.Items.Select(contact => new SearchHit(
            Urls.Contact(contact.Id), $"{contact.FirstName} {contact.LastName}".Trim(), PersonHandle.Of(contact.PhoneKey, contact.Username),
            Icons.Material.Outlined.Person)));
    }

    private async Task<Result<SearchGroup>> FindConversationsAsync(string text, CancellationToken cancellationToken)
    {
        var found = await inbox.ListAsync(new InboxQuery(InboxBox.All, text), cancellationToken);
        return GroupOf(T["Conversations"], found.Error, found.Value?.Items.Select(item => new SearchHit(
            Urls.Conversation(item.Id), item.ContactName.Length > 0 ? item.ContactName : T["Deleted contact"], item.LastText,
            Icons.Material.Outlined.Forum)));
    }

    private async Task<Result<SearchGroup>> FindMessagesAsync(string text, CancellationToken cancellationToken)
    {
        var found = await messages.FindAsync(text, cancellationToken);
        return GroupOf(T["Messages"], found.Error, found.Value?.Items.Select(message => new SearchHit(
            Urls.Message(message.ConversationId, message.Id, []), message.Text, message.ContactName,
            Icons.Material.Outlined.ChatBubbleOutline)));
    }

    private async Task<Result<SearchGroup>> FindTemplatesAsync(string text, CancellationToken cancellationToken)
    {
        var found = await templates.ListAsync(new TemplateQuery { Search = text, Page = new PageRequest(1, MaxOthers) }, cancellationToken);
        return GroupOf(T["Templates"], found.Error, found.Value?.Items.Select(template => new SearchHit(
            Urls.TemplatesNamed(template.Name), template.Name, template.Language, Icons.Material.Outlined.Article)));
    }

    private async Task<Result<SearchGroup>> FindCampaignsAsync(string text, CancellationToken cancellationToken)
    {
        var found = await campaigns.SearchAsync(text, MaxOthers, cancellationToken);
        return GroupOf(T["Broadcasts"], found.Error, found.Value?.Select(campaign => new SearchHit(
            Urls.Broadcast(campaign.Id), campaign.Name, null, Icons.Material.Outlined.Campaign)));
    }

    private async Task<Result<SearchGroup>> FindGroupsAsync(string text, CancellationToken cancellationToken)
    {
        var found = await groups.ListAsync(new LookupListQuery { Search = text, Page = new PageRequest(1, MaxOthers) }, cancellationToken);
        return GroupOf(T["Groups"], found.Error, found.Value?.Items.Select(group => new SearchHit(
            Urls.ContactsWhere(ContactFilterFields.GroupId, group.Id), group.Name, null, Icons.Material.Outlined.Label)));
    }

    private static Result<SearchGroup> GroupOf(string title, AppError? error, IEnumerable<SearchHit>? hits) =>
        error is not null ? error : new SearchGroup(title, [.. (hits ?? []).Take(MaxContacts)]);

    // By the beginnings of words: "an" is for Ann, not for the transcript.
    private static IEnumerable<SearchHit> CommandsNamed(IEnumerable<PageCommand> commands, string text) =>
        from command in commands
        let name = " " + TextKey.Folded(command.Text)
        where TextKey.Folded(text).Split(' ').All(word => name.Contains(" " + word, StringComparison.Ordinal))
        select new SearchHit("", command.Text, null, command.Icon);

    private IEnumerable<SearchHit> PagesNamed(string text) =>
        from page in AppPages.For(tenant.Actor, sandbox)
        let name = page.Name(T)
        where TextKey.Folded(name).Contains(TextKey.Folded(text), StringComparison.Ordinal)
        select new SearchHit(page.Url, name, null, page.Icon);
}
