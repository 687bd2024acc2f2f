using WaCr.Web.Components.Language;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Bulk;

/// <summary>Screen texts for bulk jobs.</summary>
public static class BulkLabels
{
    /// <summary>What it does, without values: those may be deleted by the time it is read.</summary>
    public static string Title(Localizer T, BulkJobItem job)
    {
        var title = job.Action switch
        {
            { Import: { } file } => T["Import {file}", ("file", file.FileName)],
            { IsDelete: true } => T["Delete contacts"],
            _ => T["Change {fields}", ("fields", FieldsOf(T, job.Action))],
        };
        return job.Kind == BulkKind.Undo ? T["Undo: {change}", ("change", title)] : title;
    }

    public static string State(Localizer T, BulkJobItem job) => (job.State, job.StoppedBecause) switch
    {
        (BulkState.Running, _) => T["Running"],
        (BulkState.Cancelled, _) => T["Cancelled"],
        (_, BulkStop.NotAllowed) => T["Stopped: the user who started it no longer has permission"],
        (_, BulkStop.ChoiceGone) => T["Stopped: a value it sets was deleted"],
        _ => job.IsUndone ? T["Undone"] : T["Done"],
    };

    public static string Summary(Localizer T, BulkJobItem job)
    {
        var parts = new List<string>
        {
            (job.Kind, job.Action.IsDelete) switch
            {
                (BulkKind.Import, _) => T["{count, plural, one {# row imported} other {# rows imported}}", ("count", job.Changed)],
                (BulkKind.Undo, _) when job.Action.Import is not null => T["{count, plural, one {# change undone} other {# changes undone}}", ("count", job.Changed)],
                (BulkKind.Undo, true) => T["{count, plural, one {# contact restored} other {# contacts restored}}", ("count", job.Changed)],
                (BulkKind.Undo, _) => T["{count, plural, one {# contact changed back} other {# contacts changed back}}", ("count", job.Changed)],
                (_, true) => T["{count, plural, one {# contact deleted} other {# contacts deleted}}", ("count", job.Changed)],
                _ => T["{count, plural, one {# contact changed} other {# contacts changed}}", ("count", job.Changed)],
            },
        };
        if (job.Unchanged > 0)
        {
            parts.Add(T["{count} already set", ("count", job.Unchanged)]);
        }

        if (job.Failed > 0)
        {
            parts.Add(job.Kind == BulkKind.Undo ? T["{count} kept", ("count", job.Failed)] : T["{count} failed", ("count", job.Failed)]);
        }

        return string.Join(" · ", parts);
    }

    public static string Problem(Localizer T, BulkFailureCount failure) => failure.Problem switch
    {
        BulkProblem.Gone => T["{count, plural, one {# was deleted in the meantime} other {# were deleted in the meantime}}", ("count", failure.Count)],
        BulkProblem.EditedSince => T["{count, plural, one {# was edited since then and keeps the edit} other {# were edited since then and keep the edits}}", ("count", failure.Count)],
        BulkProblem.PhoneTaken => T["{count, plural, one {# stays in the trash: another contact has its phone number} other {# stay in the trash: other contacts have their phone numbers}}", ("count", failure.Count)],
        BulkProblem.EmailTaken => T["{count, plural, one {# stays in the trash: another contact has its e-mail address} other {# stay in the trash: other contacts have their e-mail addresses}}", ("count", failure.Count)],
        BulkProblem.PlanFull => T["{count, plural, one {# stays in the trash: the plan has no room for it} other {# stay in the trash: the plan has no room for them}}", ("count", failure.Count)],
        _ => T["{count, plural, one {# could not be changed back: its earlier value was deleted} other {# could not be changed back: their earlier values were deleted}}", ("count", failure.Count)],
    };

    private static string FieldsOf(Localizer T, BulkAction action)
    {
        var names = BulkAction.Editable.Where(action.Fields.ContainsKey).Select(field => ContactFieldLabels.Of(T, field));
        names = action.Consent is null ? names : names.Append(T["Consent"]);
        return string.Join(", ", action.Groups is null ? names : names.Append(ContactFieldLabels.Of(T, ContactFieldNames.Groups)));
    }
}
