using Microsoft.AspNetCore.Components;

namespace WaCr.Web.Components;

/// <summary>Custom events raised by app.js; the compiler finds them by this class's name. "ondraftkept" comes before the input of a draft,
/// which nobody types; "onpagevisible" when the page comes into view again.</summary>
[EventHandler("onsendtext", typeof(SendTextEventArgs))]
[EventHandler("ondraftkept", typeof(EventArgs))]
[EventHandler("onpagevisible", typeof(EventArgs))]
public static class EventHandlers;

/// <summary>
/// The user sent their text. The browser has already emptied the field, which may hold new input: the server must not clear it.
/// </summary>
public sealed class SendTextEventArgs : EventArgs
{
    public string Text { get; set; } = "";
}
