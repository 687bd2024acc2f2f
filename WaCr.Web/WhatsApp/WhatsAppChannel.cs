namespace WaCr.Web.WhatsApp;

/// <summary>One number of a business and the token that speaks for it. Prints without the token.</summary>
public sealed record WhatsAppChannel(string PhoneNumberId, string BusinessAccountId, string AccessToken)
{
    public override string ToString() => $"{nameof(WhatsAppChannel)} {PhoneNumberId}";
}
