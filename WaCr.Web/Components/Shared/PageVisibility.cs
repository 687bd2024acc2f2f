using Microsoft.JSInterop;

namespace WaCr.Web.Components.Shared;

/// <summary>
/// Whether somebody can see the page; what carries <c>data-tells-visible</c> gets the event "onpagevisible" when it comes into view again.
/// </summary>
internal static class PageVisibility
{
    // A browser that froze the page answers when it is seen again.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<bool> IsPageVisibleAsync(this IJSRuntime browser)
    {
        try
        {
            return !await browser.InvokeAsync<bool>("isPageHidden", Timeout);
        }
        catch (Exception away) when (away is JSException or JSDisconnectedException or OperationCanceledException
            or InvalidOperationException)
        {
            return false; // no browser is connected
        }
    }
}
