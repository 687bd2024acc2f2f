namespace WaCr.Web.WhatsApp;

/// <summary>A business's number and its access token. ToString omits the token.</summary>
public sealed record WhatsAppChannel(string PhoneNumberId, string BusinessAccountId, string AccessToken)
{
    public override string ToString() => $"{nameof(WhatsAppChannel)} {PhoneNumberId}";
}
