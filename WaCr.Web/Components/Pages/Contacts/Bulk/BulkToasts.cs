using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Components.Pages.Contacts.Bulk;

/// <summary>Shows the result of a bulk change, with Undo.</summary>
public sealed class BulkToasts(Toasts toasts, BulkService bulk, Localizer T, ILogger<BulkToasts> logger)
{
    private readonly List<long> _started = [];
    private readonly HashSet<long> _told = [];

    /// <summary>Takes the jobs started in this window since the last call.</summary>
    public IReadOnlyList<long> TakeStarted()
    {
        List<long> taken = [.. _started];
        _started.Clear();
        return taken;
    }

    /// <summary>Shows a running job's progress and result in the corner, however soon it ends.</summary>
    public void Follow(BulkJobItem job) => _started.Add(job.Id);

    /// <summary>Whether a toast of this window told the result, which the corner then need not.</summary>
    public bool HasTold(long id) => _told.Contains(id);

    public void Show(AppError error) => toasts.Fail(error);

    /// <param name="undone">Called after the user undid it.</param>
    public void Show(BulkJobItem job, EventCallback undone)
    {
        _told.Add(job.Id);
        toasts.Show(BulkLabels.Summary(T, job), job.UndoableUntil is null ? null : () => UndoAsync(job.Id, undone));
    }

    public async Task UndoAsync(long id, EventCallback undone)
    {
        var undo = await Attempt.RunAsync(() => bulk.UndoAsync(id, CancellationToken.None), logger);
        if (!undo.Succeeded)
        {
            Show(undo.Error);
            return;
        }

        if (undo.Value.IsRunning)
        {
            Follow(undo.Value);
        }
        else
        {
            Show(undo.Value, undone);
        }

        await undone.InvokeAsync();
    }

    public async Task CancelAsync(long id)
    {
        var cancelled = await Attempt.RunAsync(() => bulk.CancelAsync(id, CancellationToken.None), logger);
        if (!cancelled.Succeeded)
        {
            Show(cancelled.Error);
        }
    }
}
