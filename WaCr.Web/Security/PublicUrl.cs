namespace WaCr.Web.Security;

/// <summary>
/// The staff app's public address (configuration key <c>PublicUrl</c>). Links that leave the app are built from it, not from a request's
/// host. An http address means that running without encryption is intended.
/// </summary>
public sealed class PublicUrl
{
    public const string Key = "PublicUrl";

    private PublicUrl(Uri? address) => Address = address;

    /// <summary>Scheme, host and port; null if not configured.</summary>
    public Uri? Address { get; }

    /// <exception cref="StartupException">It is no such address.</exception>
    public static PublicUrl Read(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return new PublicUrl(null);
        }

        return Uri.TryCreate(value.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? new PublicUrl(address)
            : throw new StartupException($"{Key} must be an address like https://crm.example.com, without a path. It is {value}.");
    }

    /// <summary>The absolute URL of a path; null if the public address is not configured.</summary>
    public string? LinkTo(string path) => Address is null ? null : new Uri(Address, path).AbsoluteUri;

    public bool IsOriginOf(Uri origin) => Address is not null && origin.Scheme == Address.Scheme && origin.Authority == Address.Authority;
}
