namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>A message being sent: its appearance until the server has stored it, and the call that sends it.</summary>
public sealed class PendingMessage(string text, Func<Task<Result<Done>>> send)
{
    public string Text { get; } = text;

    public Func<Task<Result<Done>>> Send { get; } = send;

    /// <summary>A small copy of its picture, as a data URL.</summary>
    public string? Picture { get; init; }

    /// <summary>For a file that is no picture.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether it is scheduled, and so not shown at the end of the conversation.</summary>
    public bool IsLater { get; init; }
}
