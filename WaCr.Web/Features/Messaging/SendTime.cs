namespace WaCr.Web.Features.Messaging;

/// <summary>The rule for the time of a scheduled message.</summary>
public static class SendTime
{
    /// <summary>WhatsApp keeps an uploaded file for 30 days.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromDays(30);

    public static readonly FieldError PastError = new("message.past", "Choose a time that is still to come");
    public static readonly FieldError TooLateError = new("message.too_late", "A message can be put off for 30 days at most");

    /// <summary>Null if it may be sent then.</summary>
    internal static FieldError? BrokenBy(DateTimeOffset sendAt, DateTimeOffset now) =>
        sendAt <= now ? PastError : sendAt > now + Latest ? TooLateError : null;
}
