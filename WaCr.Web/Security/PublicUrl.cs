using WaCr.Web.Common;

namespace WaCr.Web.Security;

/// <summary>
/// Where people reach the staff app (configuration key <c>PublicUrl</c>): links that leave the app are made from it, and not from what a request
/// claims. An address with http says that there is no encryption on purpose.
/// </summary>
public sealed class PublicUrl
{
    public const string Key = "PublicUrl";

    private PublicUrl(Uri? address) => Address = address;

    /// <summary>Scheme, host and port; null where nobody has said it.</summary>
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

    /// <summary>The whole address of a path; null where the public address is not known.</summary>
    public string? LinkTo(string path) => Address is null ? null : new Uri(Address, path).AbsoluteUri;

    public bool IsOriginOf(Uri origin) => Address is not null && origin.Scheme == Address.Scheme && origin.Authority == Address.Authority;
}
