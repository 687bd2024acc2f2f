namespace WaCr.Web.Components.Pages.Notifications;

/// <summary>What the browser says of itself, from <c>alerts.js</c>.</summary>
/// <param name="State"><c>unsupported</c>, <c>denied</c> or <c>off</c>.</param>
/// <param name="Endpoint">Its address at its push service; null if it is subscribed nowhere.</param>
internal sealed record PushBrowser(string State, string? Endpoint);
