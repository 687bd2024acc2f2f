using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Bulk;

/// <summary>Checks which old values still exist; a status may have been deleted since.</summary>
internal sealed class RevertTargets
{
    private readonly Dictionary<string, HashSet<long>> _existing;
    private readonly HashSet<long> _groups;
    private readonly Dictionary<string, long> _phones;
    private readonly Dictionary<string, long> _emails;

    // What a contact said since is kept whole: part of it restored would be another wish.
    private static readonly HashSet<string> Consent = new(StringComparer.Ordinal)
    {
        nameof(Contact.IsOptedOut), nameof(Contact.OptedOutOf), nameof(Contact.AgreesToMarketing), nameof(Contact.ConsentChangedAt),
    };

    private RevertTargets(
        Dictionary<string, HashSet<long>> existing, HashSet<long> groups, Dictionary<string, long> phones, Dictionary<string, long> emails)
    {
        _existing = existing;
        _groups = groups;
        _phones = phones;
        _emails = emails;
    }

    /// <param name="edits">Edits to undo; their old phones and e-mails are checked in one query.</param>
    public static async Task<RevertTargets> LoadAsync(AppDbContext db, List<ContactEdit> edits) => new(
        new Dictionary<string, HashSet<long>>(StringComparer.Ordinal)
        {
            [nameof(Contact.StatusId)] = await db.Statuses.Select(status => status.Id).ToHashSetAsync(),
            [nameof(Contact.SourceId)] = await db.Sources.Select(source => source.Id).ToHashSetAsync(),
            [nameof(Contact.AssignedId)] = await db.Memberships.Select(membership => membership.UserId).ToHashSetAsync(),
        },
        await db.Groups.Select(group => group.Id).ToHashSetAsync(),
        Before(edits, nameof(Contact.PhoneKey)) is { Count: > 0 } phones
            ? await db.Contacts.Where(contact => phones.Contains(contact.PhoneKey))
                .Select(contact => new { contact.PhoneKey, contact.Id })
                    .ToDictionaryAsync(contact => contact.PhoneKey, contact => contact.Id, StringComparer.Ordinal)
            : [],
        Before(edits, nameof(Contact.Email)).ConvertAll(TextKey.IgnoringCase) is { Count: > 0 } emails
            ? await db.Contacts.Where(contact => emails.Contains(contact.EmailKey!))
                .Select(contact => new { contact.EmailKey, contact.Id })
                    .ToDictionaryAsync(contact => contact.EmailKey!, contact => contact.Id, StringComparer.Ordinal)
            : []);

    /// <summary>Restores fields that were not edited since; edited ones are kept and reported. Groups are restored one by one.</summary>
    public BulkProblem? Revert(Contact contact, ContactEdit edit)
    {
        BulkProblem? problem = null;
        var keepsConsent = Consent.Any(column => edit.Fields.TryGetValue(column, out var values) && !IsUnchanged(contact, column, values[1]));
        foreach (var (column, values) in edit.Fields.Where(field => field.Key != nameof(Contact.PhoneKey)))
        {
            var property = typeof(Contact).GetProperty(column)!;
            if (!IsUnchanged(contact, column, values[1]) || (keepsConsent && Consent.Contains(column)))
            {
                problem = BulkProblem.EditedSince;
            }
            else if (_existing.TryGetValue(column, out var ids) && values[0]?.GetValue<long>() is { } id && !ids.Contains(id))
            {
                problem ??= BulkProblem.ChoiceGone;
            }
            else if (IsTaken(contact, column, edit))
            {
                problem ??= BulkProblem.ChoiceGone;
            }
            else
            {
                Set(property, contact, values[0]);
                if (column == nameof(Contact.Phone) && edit.Fields.TryGetValue(nameof(Contact.PhoneKey), out var key))
                {
                    Set(typeof(Contact).GetProperty(nameof(Contact.PhoneKey))!, contact, key[0]); // a number and its key change together
                }
            }
        }

        contact.Groups.RemoveAll(member => edit.Joined.Contains(member.GroupId));
        contact.Groups.AddRange(edit.Left.Where(_groups.Contains).Except(contact.Groups.Select(member => member.GroupId)).ToList()
            .Select(group => new GroupMember { TenantId = contact.TenantId, ContactId = contact.Id, GroupId = group }));
        return problem;
    }

    private static bool IsUnchanged(Contact contact, string column, JsonNode? value)
    {
        var property = typeof(Contact).GetProperty(column)!;
        return JsonNode.DeepEquals(JsonSerializer.SerializeToNode(property.GetValue(contact), property.PropertyType), value);
    }

    private bool IsTaken(Contact contact, string column, ContactEdit edit) => column switch
    {
        nameof(Contact.Phone) when edit.Fields.TryGetValue(nameof(Contact.PhoneKey), out var key)
            && _phones.TryGetValue(key[0]!.GetValue<string>(), out var owner) && owner != contact.Id => true,
        nameof(Contact.Email) when edit.Fields[column][0]?.GetValue<string>() is { } email
            && _emails.TryGetValue(TextKey.IgnoringCase(email), out var owner) && owner != contact.Id => true,
        _ => false,
    };

    private static List<string> Before(List<ContactEdit> edits, string column) =>
        [.. edits.Select(edit => edit.Fields.GetValueOrDefault(column)?[0]?.GetValue<string>()).OfType<string>()];

    private static void Set(PropertyInfo property, Contact contact, JsonNode? value) =>
        property.SetValue(contact, value?.Deserialize(property.PropertyType));
}
