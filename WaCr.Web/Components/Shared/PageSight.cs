using Microsoft.JSInterop;

namespace WaCr.Web.Components.Shared;

/// <summary>
/// Whether somebody can see the page; what carries <c>data-seen</c> gets the event "onpageseen" when it comes into view again.
/// </summary>
internal static class PageSight
{
    // A browser that froze the page answers when it is seen again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<bool> IsPageSeenAsync(this IJSRuntime browser)
    {
        try
        {
            return !await browser.InvokeAsync<bool>("isPageHidden", Patience);
        }
        catch (Exception away) when (away is JSException or JSDisconnectedException or OperationCanceledException
            or InvalidOperationException)
        {
            return false; // no browser is connected
        }
    }
}
