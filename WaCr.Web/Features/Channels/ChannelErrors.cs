namespace WaCr.Web.Features.Channels;

/// <summary>There is no channel, or it has no access token.</summary>
public sealed record WhatsAppNotConfiguredError() : InvalidError("channel.missing", "WhatsApp is not configured for this account");

/// <summary>The token is valid for the number, but another tenant claimed the number first.</summary>
public sealed record NumberClaimedError() : ConflictError("channel.claimed", "This phone number is connected to another workspace");

public static class ChannelErrors
{
    public static readonly FieldError NameRequired = new("channel.name_required", "Name is required");
    public static readonly FieldError PhoneNumberIdRequired = new("channel.phone_number_id_required", "Phone number ID is required");
    public static readonly FieldError NotDigits = new("channel.not_digits", "Must consist of digits");
    public static readonly FieldError PhoneNumberIdTaken = new("channel.phone_number_id_taken", "This phone number ID is in use already");
    public static readonly FieldError SecretUnprintable =
        new("channel.secret_unprintable", "Must consist of letters, digits and signs, without blanks");
    public static readonly FieldError StatusUnknown =
        new("channel.status_unknown", "The selected status does not exist or does not belong to your account");
    public static readonly FieldError SourceUnknown =
        new("channel.source_unknown", "The selected source does not exist or does not belong to your account");
    public static readonly FieldError UserUnknown =
        new("channel.user_unknown", "The selected user does not exist or does not belong to your account");
    public static readonly FieldError MessagesPerSecondRange = new("channel.messages_per_second_range", "Must be from 1 to 1000");

    public static readonly FieldError PinShape = new("channel.pin_shape", "The PIN has six digits");
    public static readonly FieldError PinWrong = new("channel.pin_wrong", "This is not the number's PIN");
    public static readonly FieldError PinLocked = new("channel.pin_locked", "Too many wrong PINs; try again later");
    public static readonly FieldError NumberUnverified = new("channel.number_unverified", "The number must be verified in WhatsApp Manager first");
    public static readonly FieldError RegisteredTooOften = new("channel.registered_too_often", "Too many registrations; try again in three days");
    public static readonly FieldError JustDeleted = new("channel.just_deleted", "The number was just removed; try again in five minutes");

    public static readonly FieldError UsernameShape = new(
        "channel.username_shape", "A username has 3 to 35 of a-z, 0-9, . and _, with a letter, and is no web address");

    public static NotFoundError NotFound => new("channel.not_found", "Channel not found");
}
