using Microsoft.AspNetCore.Components;
using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Components.Pages.Contacts.Bulk;

/// <summary>Says what became of a bulk change, with a way back.</summary>
public sealed class BulkToasts(Toasts toasts, BulkService bulk, Words T, ILogger<BulkToasts> logger)
{
    public void Tell(AppError error) => toasts.Fail(error);

    /// <param name="undone">Called where the person took it back.</param>
    public void Tell(BulkJobItem job, EventCallback undone) =>
        toasts.Show(BulkWords.Summary(T, job), job.UndoableUntil is null ? null : () => UndoAsync(job.Id, undone));

    public async Task UndoAsync(long id, EventCallback undone)
    {
        var undo = await Attempt.RunAsync(() => bulk.UndoAsync(id, CancellationToken.None), logger);
        if (!undo.Succeeded)
        {
            Tell(undo.Error);
            return;
        }

        if (!undo.Value.IsRunning)
        {
            Tell(undo.Value, undone);
        }

        await undone.InvokeAsync();
    }

    public async Task CancelAsync(long id)
    {
        var cancelled = await Attempt.RunAsync(() => bulk.CancelAsync(id, CancellationToken.None), logger);
        if (!cancelled.Succeeded)
        {
            Tell(cancelled.Error);
        }
    }
}
