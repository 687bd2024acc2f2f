using WaCr.Web.Common;

namespace WaCr.Web.WhatsApp;

/// <summary>WhatsApp said no. <paramref name="RetryAfter"/> is how long it asked to wait.</summary>
public sealed record WhatsAppRefused(int Code, string Title, string? Details, string? TraceId, TimeSpan? RetryAfter)
    : UnavailableError("whatsapp.refused", Details ?? Title)
{
    public GraphErrorKind Kind => GraphErrorCodes.KindOf(Code);

    /// <summary>Null where WhatsApp, or what stands before it, gave none.</summary>
    public int? KnownCode => Code == GraphErrorCodes.None ? null : Code;
}

/// <summary>The request never arrived, or changes nothing when it is asked again: trying later is safe.</summary>
public sealed record WhatsAppUnavailable(string Reason = WhatsAppUnavailable.Unreachable) : UnavailableError("whatsapp.unavailable", Reason)
{
    public const string Unreachable = "WhatsApp could not be reached";
    public const string Unreadable = "WhatsApp's answer could not be read";
    public const string Circle = "WhatsApp's list leads in a circle";
}

/// <summary>
/// The request left and no usable answer came: it may have been carried out. To send it again might send twice;
/// only a status that says back our reference tells.
/// </summary>
public sealed record WhatsAppUncertain() : UnavailableError("whatsapp.uncertain", "WhatsApp did not confirm whether the message was sent");

/// <summary>The file is larger than the caller takes.</summary>
public sealed record MediaTooLarge(long Maximum) : LimitError("whatsapp.media_too_large", $"The file is larger than {Maximum} bytes");
