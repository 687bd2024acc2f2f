namespace WaCr.Web.WhatsApp;

/// <summary>WhatsApp refused. <paramref name="RetryAfter"/> is the wait that it asked for.</summary>
public sealed record WhatsAppRefused(int Code, string Title, string? Details, string? TraceId, TimeSpan? RetryAfter)
    : UnavailableError("whatsapp.refused", Details ?? Title)
{
    /// <summary>Of template errors: what exactly is wrong, such as 2388024. WhatsApp calls it deprecated and still sends it.</summary>
    public int? Subcode { get; init; }

    /// <summary>WhatsApp's title and sentence for people, in the language of the token's owner; null where it gave none.</summary>
    public string? UserTitle { get; init; }

    public string? UserMessage { get; init; }

    public GraphErrorKind Kind => GraphErrorCodes.KindOf(Code);

    /// <summary>Whether the same request may succeed later without anybody's help.</summary>
    public bool IsPassing => GraphErrorCodes.IsTransient(Code);

    /// <summary>Whether this version of Graph, or an object of this kind, does not have what was asked for.</summary>
    public bool IsOfSomethingUnknown => Code is GraphErrorCodes.UnknownParameter or GraphErrorCodes.UnknownPath && Subcode is null;

    /// <summary>Null if the answer had no code.</summary>
    public int? KnownCode => Code == GraphErrorCodes.None ? null : Code;

    /// <summary>As WhatsApp refuses a token that ended; for one that it describes as invalid.</summary>
    public static WhatsAppRefused InvalidToken { get; } = new(GraphErrorCodes.InvalidToken, "The access token is not valid", null, null, null);
}

/// <summary>The request never arrived, or is safe to repeat: try again later.</summary>
public sealed record WhatsAppUnavailable(string Reason = WhatsAppUnavailable.Unreachable) : UnavailableError("whatsapp.unavailable", Reason)
{
    public const string Unreachable = "WhatsApp could not be reached";
    public const string Unreadable = "WhatsApp's answer could not be read";
    public const string Circle = "WhatsApp's list leads in a circle";
}

/// <summary>
/// The request was sent but no usable answer came, so it may have been carried out. Sending again might send twice; only a status with our
/// reference tells.
/// </summary>
public sealed record WhatsAppUncertain() : UnavailableError("whatsapp.uncertain", "WhatsApp did not confirm whether the message was sent");

/// <summary>The file is larger than the caller accepts.</summary>
public sealed record MediaTooLarge(long Maximum) : LimitError("whatsapp.media_too_large", $"The file is larger than {Maximum} bytes");
