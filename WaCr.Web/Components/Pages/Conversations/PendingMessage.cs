using WaCr.Web.Common;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>Something on its way: how it looks until the server has it, and how it gets there.</summary>
public sealed class PendingMessage(string text, Func<Task<Result<Done>>> send)
{
    public string Text { get; } = text;

    public Func<Task<Result<Done>>> Send { get; } = send;

    /// <summary>A small copy of its picture, as a data address.</summary>
    public string? Picture { get; init; }

    /// <summary>Of a file that is no picture.</summary>
    public string? FileName { get; init; }

    /// <summary>It is put off, so it does not stand at the end of the thread meanwhile.</summary>
    public bool IsLater { get; init; }
}
