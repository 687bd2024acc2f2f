namespace WaCr.Web.Downloads;

/// <summary>Section <c>Push</c> of the configuration.</summary>
public sealed class PushOptions
{
    public const string Section = "Push";

    /// <summary>Whom push services may turn to: a <c>mailto:</c> or https address. By default <c>PublicUrl</c>.</summary>
    public string? Contact { get; set; }

    /// <summary>Whether push services take it.</summary>
    internal bool IsContactValid => string.IsNullOrWhiteSpace(Contact)
        || (Uri.TryCreate(Contact, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeMailto
                ? Contact.StartsWith("mailto:", StringComparison.Ordinal) && address is { UserInfo.Length: > 0, Host.Length: > 0 }
                : address.Scheme == Uri.UriSchemeHttps && Uri.IsWellFormedUriString(Contact, UriKind.Absolute)));
}
