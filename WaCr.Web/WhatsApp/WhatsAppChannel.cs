namespace WaCr.Web.WhatsApp;

/// <summary>A business's number and its access token. ToString omits the token.</summary>
public sealed record WhatsAppChannel(string PhoneNumberId, string BusinessAccountId, string AccessToken)
{
    /// <summary>Whether marketing that may go through the Marketing Messages API does.</summary>
    public bool HasMarketingApi { get; init; }

    public override string ToString() => $"{nameof(WhatsAppChannel)} {PhoneNumberId}";
}
