namespace WaCr.Web.Features.Notifications;

/// <summary>How a user is told; any together.</summary>
[Flags]
public enum NotificationWays
{
    None = 0,
    Bell = 1,

    /// <summary>Played by an open page.</summary>
    Sound = 2,

    /// <summary>By the browser: a push to the user's devices, or by an open page in the background.</summary>
    Push = 4,
}

/// <summary>What one user chose in one workspace: how each kind is told, and when it is quiet.</summary>
public sealed record NotificationSettings
{
    public const string Key = "notifications";

    /// <summary>The kinds that can be chosen. All others are in the bell alone, for everyone.</summary>
    public static readonly IReadOnlyList<NotificationKind> Kinds =
    [
        NotificationKind.MessageInMine, NotificationKind.MessageUnassigned, NotificationKind.Mention, NotificationKind.Assigned,
        NotificationKind.CampaignPaused, NotificationKind.ChannelTrouble,
    ];

    public IReadOnlyDictionary<NotificationKind, NotificationWays> Ways { get; init; } = new Dictionary<NotificationKind, NotificationWays>(
        );

    /// <summary>From then it is quiet, in the user's time zone; with <see cref="QuietTo"/>, or neither.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>Until then; the next day's if it is not after <see cref="QuietFrom"/>.</summary>
    public TimeOnly? QuietTo { get; init; }

    public NotificationWays Of(NotificationKind kind) => Ways.TryGetValue(kind, out var chosen) ? chosen : DefaultOf(kind);

    /// <summary>Without a choice: the bell, save for new messages, which the list of conversations shows already.</summary>
    public static NotificationWays DefaultOf(NotificationKind kind) =>
        kind is NotificationKind.MessageInMine or NotificationKind.MessageUnassigned ? NotificationWays.None : NotificationWays.Bell;

    public NotificationSettings With(NotificationKind kind, NotificationWays way, bool isOn)
    {
        var ways = Kinds.ToDictionary(known => known, Of);
        ways[kind] = isOn ? ways[kind] | way : ways[kind] & ~way;
        return this with { Ways = ways };
    }

    /// <summary>By the clock on the wall there, so that it stays right over a change to summer time.</summary>
    /// <param name="timeZone">IANA name.</param>
    public bool IsQuietAt(DateTimeOffset now, string timeZone)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to)
        {
            return false;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        return TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(now, zone).TimeOfDay).IsBetween(from, to);
    }

    /// <summary>How this kind is told now: quiet hours leave the bell alone.</summary>
    public NotificationWays WaysAt(NotificationKind kind, DateTimeOffset now, string timeZone) =>
        IsQuietAt(now, timeZone) ? Of(kind) & NotificationWays.Bell : Of(kind);
}
