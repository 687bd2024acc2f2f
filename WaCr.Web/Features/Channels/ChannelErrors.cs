using WaCr.Web.Common;

namespace WaCr.Web.Features.Channels;

/// <summary>There is no channel, or it has no access token.</summary>
public sealed record WhatsAppNotConfiguredError() : AppError("WhatsApp is not configured for this account");

/// <summary>The token is good for the number, and another tenant showed one before.</summary>
public sealed record NumberClaimedError() : AppError("This phone number is connected to another workspace");

public static class ChannelErrors
{
    public const string NameRequired = "Name is required";
    public const string PhoneNumberIdRequired = "Phone number ID is required";
    public const string NotDigits = "Must consist of digits";
    public const string PhoneNumberIdTaken = "This phone number ID is in use already";
    public const string SecretUnprintable = "Must consist of letters, digits and signs, without blanks";
    public const string StatusUnknown = "The selected status does not exist or does not belong to your account";
    public const string SourceUnknown = "The selected source does not exist or does not belong to your account";
    public const string UserUnknown = "The selected user does not exist or does not belong to your account";
    public const string MessagesPerSecondRange = "Must be from 1 to 1000";

    public static NotFoundError NotFound => new("Channel not found");
}
