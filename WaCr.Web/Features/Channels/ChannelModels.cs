using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>
/// A channel as shown. Secrets appear only as present or absent, except the verify token, which is ours and must be pasted at Meta.
/// </summary>
public sealed record ChannelDetails
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string PhoneNumberId { get; init; }
    public string? BusinessAccountId { get; init; }
    public string? DisplayPhoneNumber { get; init; }
    public string? VerifiedName { get; init; }
    public required bool HasAccessToken { get; init; }
    public required bool HasAppSecret { get; init; }
    public required string VerifyToken { get; init; }
    public long? DefaultStatusId { get; init; }
    public long? DefaultSourceId { get; init; }
    public long? AdSourceId { get; init; }
    public long? DefaultAssignedId { get; init; }
    public required string OptOutWords { get; init; }
    public DateTimeOffset? CredentialRefusedAt { get; init; }
    public string? CredentialError { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public required int MessagesPerSecond { get; init; }

    /// <summary>Since when WhatsApp takes no marketing from it, and why; null while it does.</summary>
    public DateTimeOffset? MarketingStoppedAt { get; init; }

    public string? MarketingStopReason { get; init; }

    /// <summary>Since when broadcasts of marketing go through the Marketing Messages API; null until its terms are signed.</summary>
    public DateTimeOffset? MarketingTermsSignedAt { get; init; }

    /// <summary>Whether customers see that staff read their messages, and that staff write.</summary>
    public bool SendsReadReceipts { get; init; }

    /// <summary>Time of WhatsApp's last stored webhook event for the channel; null if none.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>How it does at WhatsApp; null until it was read.</summary>
    public ChannelHealthDetails? Health { get; init; }

    /// <summary>WhatsApp's notices about the number and its account, newest first.</summary>
    public IReadOnlyList<ChannelNoticeItem> Notices { get; init; } = [];
}

/// <summary>How a number does, in WhatsApp's words.</summary>
/// <param name="TokenExpiresAt">Null: never, or unknown.</param>
/// <param name="People">Null while WhatsApp has not told the limit.</param>
public sealed record ChannelHealthDetails(
    string? Quality, string? NumberStatus, string? NameStatus, string? Throughput, DateTimeOffset? TokenExpiresAt,
    DateTimeOffset ReadAt, DailyPeople? People);

/// <summary>WhatsApp's notice about a number or its account.</summary>
/// <param name="Field">WhatsApp's name for the kind of notice.</param>
/// <param name="Word">WhatsApp's term for what happened; empty if it gave none.</param>
/// <param name="IsShown">Whether the banner still shows it.</param>
/// <param name="EndsAt">When it ends by itself; null if it does not, or nobody knows.</param>
public sealed record ChannelNoticeItem(
    long Id, string Channel, string Field, string Word, string Details, bool IsGood, bool IsSerious, bool IsShown, DateTimeOffset At,
    DateTimeOffset? EndsAt)
{
    /// <summary>
    /// Whether it still troubles the number. A restriction is over at its end, what a read found when a read finds it no more, and any
    /// other when somebody has dismissed it.
    /// </summary>
    public bool IsActiveAt(DateTimeOffset now) =>
        !IsGood && (EndsAt is { } end ? end > now : IsShown || Field == ChannelTrouble.Field);
}

/// <summary>Changes to a channel; absent fields stay. An empty secret removes the stored one.</summary>
public sealed record ChannelPatch
{
    public Optional<string?> Name { get; init; }
    public Optional<string?> PhoneNumberId { get; init; }
    public Optional<string?> BusinessAccountId { get; init; }
    public Optional<string?> AccessToken { get; init; }
    public Optional<string?> AppSecret { get; init; }

    /// <summary>If absent, a new channel gets a random token.</summary>
    public Optional<string?> VerifyToken { get; init; }

    public Optional<long?> DefaultStatusId { get; init; }
    public Optional<long?> DefaultSourceId { get; init; }
    public Optional<long?> AdSourceId { get; init; }
    public Optional<long?> DefaultAssignedId { get; init; }

    /// <summary>One per line.</summary>
    public Optional<string?> OptOutWords { get; init; }

    public Optional<int> MessagesPerSecond { get; init; }
    public Optional<bool> SendsReadReceipts { get; init; }

    /// <summary>Tries marketing again that WhatsApp had stopped.</summary>
    public bool ResumesMarketing { get; init; }

    public Optional<bool> IsPaused { get; init; }
}

/// <summary>
/// A channel ready for use: enough to call WhatsApp and to create a contact for an unknown sender. <c>ToString</c> hides the token.
/// </summary>
public sealed record OpenChannel(
    long Id, WhatsAppChannel Access, string? DisplayPhoneNumber, bool CredentialIsRefused, long? DefaultStatusId, long? DefaultSourceId,
    long? DefaultAssignedId)
{
    /// <summary>WhatsApp takes no marketing from it.</summary>
    public bool MarketingIsStopped { get; init; }
}

/// <summary>A channel whose token WhatsApp refuses.</summary>
public sealed record RefusedChannel(long Id, string Name, DateTimeOffset Since);
