using Microsoft.AspNetCore.Components;
using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Components.Pages.Contacts.Bulk;

/// <summary>Says what became of a bulk change, with a way back.</summary>
public sealed class BulkToasts(Toasts toasts, BulkService bulk, Localizer T, ILogger<BulkToasts> logger)
{
    private readonly List<long> _started = [];

    /// <summary>The jobs that were started in this window, and that nobody has asked for here since.</summary>
    public IReadOnlyList<long> TakeStarted()
    {
        List<long> taken = [.. _started];
        _started.Clear();
        return taken;
    }

    /// <summary>The job runs on: the corner of the window shows how it goes and what came of it, however soon it ends.</summary>
    public void Follow(BulkJobItem job) => _started.Add(job.Id);

    public void Notify(AppError error) => toasts.Fail(error);

    /// <param name="undone">Called where the person took it back.</param>
    public void Notify(BulkJobItem job, EventCallback undone) =>
        toasts.Show(BulkLabels.Summary(T, job), job.UndoableUntil is null ? null : () => UndoAsync(job.Id, undone));

    public async Task UndoAsync(long id, EventCallback undone)
    {
        var undo = await Attempt.RunAsync(() => bulk.UndoAsync(id, CancellationToken.None), logger);
        if (!undo.Succeeded)
        {
            Notify(undo.Error);
            return;
        }

        if (undo.Value.IsRunning)
        {
            Follow(undo.Value);
        }
        else
        {
            Notify(undo.Value, undone);
        }

        await undone.InvokeAsync();
    }

    public async Task CancelAsync(long id)
    {
        var cancelled = await Attempt.RunAsync(() => bulk.CancelAsync(id, CancellationToken.None), logger);
        if (!cancelled.Succeeded)
        {
            Notify(cancelled.Error);
        }
    }
}
