using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Decision about one selected contact.</summary>
/// <param name="Excluded">Null if the contact gets the campaign.</param>
internal sealed record Verdict(
    CampaignContact? Contact, long ContactId, long? ConversationId, FilledTemplate? Message, CampaignExclusionReason? Excluded)
{
    /// <summary>Null if excluded.</summary>
    public Recipient? To { get; init; }

    public override string ToString() => nameof(Verdict);
}

/// <summary>
/// Decides who gets a campaign, in batches; preview and sending share the rules. Contacts with a phone number come first, because one known
/// only by a WhatsApp id may be the same person.
/// </summary>
/// <param name="campaignId">Campaign whose queued messages count; null for a preview.</param>
internal sealed class CampaignRecipients(AppDbContext db, CampaignContent content, long channelId, long? campaignId)
{
    // WhatsApp ids under which a contact without a number already gets the campaign.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Ids of the selected contacts, in the order they are decided on.</summary>
    public static async Task<List<long>> SelectAsync(
        AppDbContext db, ContactSelection selection, TenantIdentity tenant, CancellationToken cancellationToken)
    {
        var found = await db.Selected(selection, tenant)
            .Select(contact => new { contact.Id, HasPhone = contact.Phone != "" })
            .ToListAsync(cancellationToken);
        return [.. found.OrderByDescending(contact => contact.HasPhone).ThenBy(contact => contact.Id).Select(contact => contact.Id)];
    }

    /// <param name="ids">Part of the result of <see cref="SelectAsync"/>, in its order.</param>
    /// <param name="selected">All selected ids; null if the campaign already knows the rest.</param>
    public async Task<List<Verdict>> EvaluateAsync(IReadOnlyList<long> ids, HashSet<long>? selected, CancellationToken cancellationToken)
    {
        var contacts = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Select(CampaignContact.Projection).ToDictionaryAsync(contact => contact.Addressee.ContactId, cancellationToken);
        var conversations = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.ContactId) && c.ChannelId == channelId)
            .ToDictionaryAsync(known => known.ContactId, cancellationToken);
        var hidden = contacts.Values.Where(contact => !contact.HasPhone)
            .Select(contact => conversations.GetValueOrDefault(contact.Id))
            .OfType<Conversation>()
            .ToList();
        var owners = hidden.Count == 0 ? [] : await OwnersAsync(hidden, ids, selected, cancellationToken);
        return [.. ids.Select(id => contacts.TryGetValue(id, out var contact)
            ? Evaluate(contact, conversations.GetValueOrDefault(id), owners)
            : new Verdict(null, id, null, null, CampaignExclusionReason.Gone))];
    }

    private Verdict Evaluate(CampaignContact contact, Conversation? known, Dictionary<string, Owner> owners)
    {
        if (SendConsent.Forbids(contact.Addressee.Unwanted, isMarketing: true))
        {
            return Out(ReasonOf(contact.Addressee.OptedOutOf));
        }

        if (contact.Addressee.RouteIn(known)?.To is not { } recipient)
        {
            return Out(CampaignExclusionReason.NoAddress);
        }

        // The number belongs to another contact: its opt-out holds, and if selected it alone gets the message.
        if (!contact.HasPhone && KeyOf(recipient.Phone) is { } key && owners.TryGetValue(key, out var owner)
            && (owner.Unwanted is not null || owner.IsSelected))
        {
            return Out(owner.Unwanted is { } unwanted ? ReasonOf(unwanted) : CampaignExclusionReason.Duplicate);
        }

        if (!contact.HasPhone && !_seen.Add(recipient.Phone ?? recipient.UserId!))
        {
            return Out(CampaignExclusionReason.Duplicate);
        }

        return content.Fill(contact) is { } message
            ? new Verdict(contact, contact.Id, known?.Id, message, null) { To = recipient }
            : Out(CampaignExclusionReason.ValueMissing);

        Verdict Out(CampaignExclusionReason reason) => new(contact, contact.Id, known?.Id, null, reason);
    }

    /// <summary>
    /// Contacts that own the numbers behind the WhatsApp ids and, for a running campaign, those already queued under such an id.
    /// </summary>
    private async Task<Dictionary<string, Owner>> OwnersAsync(
        List<Conversation> hidden, IReadOnlyList<long> ids, HashSet<long>? selected, CancellationToken cancellationToken)
    {
        var keys = hidden.Select(known => KeyOf(known.WaId)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found = await PersonResolver.WithNumber(db, keys)
            .Select(c => new { c.PhoneKey, c.Id, c.IsOptedOut, c.OptedOutOf }).ToListAsync(cancellationToken);
        if (campaignId is not null)
        {
            selected = [.. ids];
            var owners = found.ConvertAll(contact => contact.Id);
            selected.UnionWith(
                await db.Messages.Where(m => m.CampaignId == campaignId && owners.Contains(m.ContactId))
                    .Select(m => m.ContactId)
                    .ToListAsync(cancellationToken));
            selected.UnionWith(
                await db.CampaignExclusions.Where(e => e.CampaignId == campaignId && owners.Contains(e.ContactId))
                    .Select(e => e.ContactId)
                    .ToListAsync(cancellationToken));
            var (waIds, userIds) = (hidden.ConvertAll(known => known.WaId), hidden.ConvertAll(known => known.UserId));
            var reached = await db.Conversations
                .Where(c => (c.WaId != null && waIds.Contains(c.WaId)) || (c.UserId != null && userIds.Contains(c.UserId)))
                .Where(c => db.Messages.Any(m => m.CampaignId == campaignId && m.ContactId == c.ContactId))
                .Select(c => new { c.WaId, c.UserId }).ToListAsync(cancellationToken);
            _seen.UnionWith(reached.SelectMany(c => new[] { c.WaId, c.UserId }).OfType<string>());
        }

        return found.ToDictionary(contact => contact.PhoneKey, contact =>
            new Owner(contact.IsOptedOut ? contact.OptedOutOf : null, selected!.Contains(contact.Id)), StringComparer.Ordinal);
    }

    private static CampaignExclusionReason ReasonOf(ConsentPurpose unwanted) =>
        unwanted == ConsentPurpose.Everything ? CampaignExclusionReason.OptedOut : CampaignExclusionReason.NoMarketing;

    private static string? KeyOf(string? waId) => PhoneNumber.FromWaId(waId)?.Key;

    private sealed record Owner(ConsentPurpose? Unwanted, bool IsSelected);
}
