using Microsoft.AspNetCore.Components;

namespace WaCr.Web.Components;

/// <summary>Events of our own, which composer.js raises; the compiler finds them by this name.</summary>
[EventHandler("onsendtext", typeof(SendTextEventArgs))]
public static class EventHandlers;

/// <summary>
/// Somebody sent what they had typed. The field is empty already when the server hears of it, and may hold the next letters: it is not the
/// server's to clear.
/// </summary>
public sealed class SendTextEventArgs : EventArgs
{
    public string Text { get; set; } = "";
}
