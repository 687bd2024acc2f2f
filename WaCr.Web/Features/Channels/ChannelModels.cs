using WaCr.Web.Common;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>A channel as doors show it: of its secrets only whether they are there. The verify token is for pasting at Meta, and ours.</summary>
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
    public long? DefaultAssignedId { get; init; }
    public required string OptOutWords { get; init; }
    public DateTimeOffset? CredentialRefusedAt { get; init; }
    public string? CredentialError { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public required int MessagesPerSecond { get; init; }

    /// <summary>When WhatsApp told us something for it last, of the events that are still kept; null where it never did.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>What WhatsApp says about it and its account, the latest first.</summary>
    public IReadOnlyList<ChannelNoticeItem> Notices { get; init; } = [];
}

/// <summary>What WhatsApp says about a number or its account.</summary>
/// <param name="Field">WhatsApp's name for the kind.</param>
/// <param name="Word">WhatsApp's word for what happened; empty where it gave none.</param>
/// <param name="IsShown">Whether the banner shows it still.</param>
public sealed record ChannelNoticeItem(
    long Id, string Channel, string Field, string Word, string Details, bool IsGood, bool IsSerious, bool IsShown, DateTimeOffset At);

/// <summary>What to change of a channel; what is not given stays. A secret that is given empty is taken away.</summary>
public sealed record ChannelPatch
{
    public Optional<string?> Name { get; init; }
    public Optional<string?> PhoneNumberId { get; init; }
    public Optional<string?> BusinessAccountId { get; init; }
    public Optional<string?> AccessToken { get; init; }
    public Optional<string?> AppSecret { get; init; }

    /// <summary>Left out, a new channel gets a random one.</summary>
    public Optional<string?> VerifyToken { get; init; }

    public Optional<long?> DefaultStatusId { get; init; }
    public Optional<long?> DefaultSourceId { get; init; }
    public Optional<long?> DefaultAssignedId { get; init; }

    /// <summary>One a line.</summary>
    public Optional<string?> OptOutWords { get; init; }

    public Optional<int> MessagesPerSecond { get; init; }
    public Optional<bool> IsPaused { get; init; }
}

/// <summary>What WhatsApp says of the number when the connection is tested.</summary>
public sealed record ChannelTest(string? DisplayPhoneNumber, string? VerifiedName, string? QualityRating);

/// <summary>A channel in use: enough to call WhatsApp and to make a contact of somebody unknown. Prints without its token.</summary>
public sealed record OpenChannel(
    long Id, WhatsAppChannel Access, string? DisplayPhoneNumber, bool CredentialIsRefused, long? DefaultStatusId, long? DefaultSourceId, long? DefaultAssignedId);

/// <summary>A channel whose token WhatsApp refuses.</summary>
public sealed record RefusedChannel(long Id, string Name, DateTimeOffset Since);
