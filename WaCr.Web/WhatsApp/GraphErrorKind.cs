namespace WaCr.Web.WhatsApp;

/// <summary>What a Cloud API error means for the sender.</summary>
public enum GraphErrorKind
{
    /// <summary>An unknown code; final, shown as WhatsApp gives it.</summary>
    Other,

    /// <summary>The token is refused: nothing can be sent until a user enters a new one.</summary>
    CredentialRefused,

    /// <summary>The token is valid but lacks a permission.</summary>
    PermissionMissing,

    /// <summary>The account cannot send: restricted, locked, unpaid, or a number that is not set up.</summary>
    AccountBlocked,

    /// <summary>A temporary problem at WhatsApp.</summary>
    Unavailable,

    /// <summary>Too fast for the number, app or account.</summary>
    Throttled,

    /// <summary>Too fast for this recipient.</summary>
    RecipientThrottled,

    /// <summary>WhatsApp has restricted bulk sending; a campaign must stop.</summary>
    SendingRestricted,

    /// <summary>This person cannot be reached on WhatsApp.</summary>
    NotReachable,

    /// <summary>WhatsApp does not deliver this message to this person (an experiment, too much marketing, a country).</summary>
    NotAllowedForRecipient,

    /// <summary>This person has stopped marketing messages.</summary>
    MarketingStopped,

    /// <summary>WhatsApp accepts no marketing from this number; other messages go on.</summary>
    MarketingDisabled,

    /// <summary>More than 24 hours since the person's last message: only templates are allowed.</summary>
    WindowClosed,

    /// <summary>The request itself is wrong.</summary>
    Invalid,

    /// <summary>The file could not be fetched, or does not match its type.</summary>
    MediaRefused,

    /// <summary>The template is missing, paused, or its values do not match.</summary>
    TemplateRefused,
}

/// <summary>Why WhatsApp does not register a number.</summary>
public enum RegistrationRefusal
{
    PinWrong,

    /// <summary>The number itself is not verified yet.</summary>
    NumberUnverified,

    /// <summary>Too many wrong PINs.</summary>
    PinLocked,

    /// <summary>It was deleted a moment ago.</summary>
    JustDeleted,
    TooOften,
}

/// <summary>
/// Error codes and their meaning. WhatsApp asks clients to use the code, not the HTTP status, which it does not document.
/// </summary>
public static class GraphErrorCodes
{
    /// <summary>A refusal without a valid code.</summary>
    public const int None = -1;

    /// <summary>Of a parameter or field that there is none of; with a subcode it is about the object that was asked.</summary>
    public const int UnknownParameter = 100;

    public const int UnknownPath = 2500;

    public const int InvalidToken = 190;

    /// <summary>Too many messages to one recipient.</summary>
    public const int PairRateLimit = 131056;

    public static GraphErrorKind KindOf(int code) => code switch
    {
        0 or InvalidToken => GraphErrorKind.CredentialRefused,
        3 or 10 or (>= 200 and <= 299) or 131005 => GraphErrorKind.PermissionMissing,
        33 or 368 or 131031 or 131037 or 131042 or 131045 or 133010 or 134011 => GraphErrorKind.AccountBlocked,
        1 or 2 or 131000 or 131016 or 131057 or 133004 => GraphErrorKind.Unavailable,
        4 or 17 or 341 or 613 or 80007 or 80008 or 130429 => GraphErrorKind.Throttled,
        PairRateLimit => GraphErrorKind.RecipientThrottled,
        131048 or 131064 => GraphErrorKind.SendingRestricted,
        131026 or 131030 or 131062 => GraphErrorKind.NotReachable,
        130403 or 130472 or 130497 or 131049 => GraphErrorKind.NotAllowedForRecipient,
        131050 => GraphErrorKind.MarketingStopped,
        131063 => GraphErrorKind.MarketingDisabled,
        131047 => GraphErrorKind.WindowClosed,
        100 or 131008 or 131009 or 131021 or 131051 or 135000 or 137000 => GraphErrorKind.Invalid,
        131052 or 131053 => GraphErrorKind.MediaRefused,
        132000 or 132001 or 132005 or 132007 or 132008 or 132012 or 132015 or 132016 or 132018 => GraphErrorKind.TemplateRefused,
        _ => GraphErrorKind.Other,
    };

    /// <summary>Null for codes that say nothing of a registration.</summary>
    public static RegistrationRefusal? RegistrationOf(int code) => code switch
    {
        133005 => RegistrationRefusal.PinWrong,
        133006 => RegistrationRefusal.NumberUnverified,
        133008 or 133009 => RegistrationRefusal.PinLocked,
        133015 => RegistrationRefusal.JustDeleted,
        133016 => RegistrationRefusal.TooOften,
        _ => null,
    };

    /// <summary>Whether the same request may succeed later without anybody's help.</summary>
    public static bool IsTransient(int code) =>
        KindOf(code) is GraphErrorKind.Unavailable or GraphErrorKind.Throttled or GraphErrorKind.RecipientThrottled;
}
