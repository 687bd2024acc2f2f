namespace WaCr.Web.Features.Users;

/// <summary>The browser that a request comes from, for sessions and limits. Empty outside a request of the staff app.</summary>
public sealed class RequestOrigin
{
    /// <summary>What the browser says about itself.</summary>
    public string Device { get; set; } = "";

    /// <summary>What the browser kept of <see cref="NewDeviceToken"/>.</summary>
    public string? DeviceToken { get; set; }

    /// <summary>For the browser to keep, since somebody signed in with it; null: nothing new.</summary>
    public string? NewDeviceToken { get; set; }
}
