using Microsoft.AspNetCore.Components;

namespace WaCr.Web.Components;

/// <summary>Custom events raised by composer.js; the compiler finds them by this class's name.</summary>
[EventHandler("onsendtext", typeof(SendTextEventArgs))]
public static class EventHandlers;

/// <summary>
/// The user sent their text. The browser has already emptied the field, which may hold new input: the server must not clear it.
/// </summary>
public sealed class SendTextEventArgs : EventArgs
{
    public string Text { get; set; } = "";
}
