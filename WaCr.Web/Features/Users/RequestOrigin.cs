namespace WaCr.Web.Features.Users;

/// <summary>The browser of the current request, for sessions and limits. Empty outside requests of the staff app.</summary>
public sealed class RequestOrigin
{
    /// <summary>User agent.</summary>
    public string Device { get; set; } = "";

    /// <summary>The <see cref="NewDeviceToken"/> stored in the browser.</summary>
    public string? DeviceToken { get; set; }

    /// <summary>Token to store in the browser after a sign-in; null for no change.</summary>
    public string? NewDeviceToken { get; set; }
}
