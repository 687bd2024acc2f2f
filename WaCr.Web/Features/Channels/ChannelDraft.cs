using System.Buffers.Text;
using System.Security.Cryptography;

namespace WaCr.Web.Features.Channels;

/// <summary>A <see cref="ChannelPatch"/> after the checks that need no database.</summary>
internal sealed class ChannelDraft
{
    private const int MaxMessagesPerSecond = Channel.UpgradedMessagesPerSecond;
    private const int RandomTokenBytes = 24;

    private readonly ChannelPatch _patch;

    private ChannelDraft(ChannelPatch patch, bool isNew)
    {
        _patch = patch;
        Name = Required(ChannelFields.Name, patch.Name, isNew, Channel.NameMaxLength, ChannelErrors.NameRequired);
        PhoneNumberId = Digits(
            ChannelFields.PhoneNumberId,
            Required(
                ChannelFields.PhoneNumberId, patch.PhoneNumberId, isNew, Channel.PhoneNumberIdMaxLength,
                ChannelErrors.PhoneNumberIdRequired));
        BusinessAccountId = Digits(
            ChannelFields.BusinessAccountId,
            TextRule.Check(Errors, ChannelFields.BusinessAccountId, patch.BusinessAccountId, Channel.BusinessAccountIdMaxLength));
        AccessToken = Secret(ChannelFields.AccessToken, patch.AccessToken, Channel.SecretMaxLength);
        AppSecret = Secret(ChannelFields.AppSecret, patch.AppSecret, Channel.SecretMaxLength);
        VerifyToken = Secret(ChannelFields.VerifyToken, patch.VerifyToken, Channel.VerifyTokenMaxLength);
        if (VerifyToken.IsGiven ? VerifyToken.Value is null : isNew)
        {
            VerifyToken = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomTokenBytes));
        }

        OptOutWords = TextRule.Check(Errors, ChannelFields.OptOutWords, patch.OptOutWords, Channel.OptOutWordsMaxLength);
        if (patch.MessagesPerSecond.IsGiven && patch.MessagesPerSecond.Value is < 1 or > MaxMessagesPerSecond)
        {
            Errors.Add(ChannelFields.MessagesPerSecond, ChannelErrors.MessagesPerSecondRange);
        }
    }

    public FieldErrors Errors { get; } = [];
    public Optional<string?> Name { get; }
    public Optional<string?> PhoneNumberId { get; }
    public Optional<string?> BusinessAccountId { get; }
    public Optional<string?> AccessToken { get; }
    public Optional<string?> AppSecret { get; }
    public Optional<string?> VerifyToken { get; }
    public Optional<string?> OptOutWords { get; }
    public Optional<long?> DefaultStatusId => _patch.DefaultStatusId;
    public Optional<long?> DefaultSourceId => _patch.DefaultSourceId;
    public Optional<long?> AdSourceId => _patch.AdSourceId;
    public Optional<long?> DefaultAssignedId => _patch.DefaultAssignedId;

    public static ChannelDraft Read(ChannelPatch patch, bool isNew) => new(patch, isNew);

    /// <returns>Whether it is another number or account than before.</returns>
    public bool ApplyTo(Channel channel, DateTimeOffset now)
    {
        channel.Name = Name.Or(null) ?? channel.Name;
        var isOther = channel.Identify(
            PhoneNumberId.Or(null) ?? channel.PhoneNumberId, BusinessAccountId.Or(channel.BusinessAccountId));
        channel.DefaultStatusId = DefaultStatusId.Or(channel.DefaultStatusId);
        channel.DefaultSourceId = DefaultSourceId.Or(channel.DefaultSourceId);
        channel.AdSourceId = AdSourceId.Or(channel.AdSourceId);
        channel.DefaultAssignedId = DefaultAssignedId.Or(channel.DefaultAssignedId);
        channel.OptOutWords = OptOutWords.Or(channel.OptOutWords) ?? "";
        channel.MessagesPerSecond = _patch.MessagesPerSecond.Or(channel.MessagesPerSecond);
        channel.SendsReadReceipts = _patch.SendsReadReceipts.Or(channel.SendsReadReceipts);
        if (_patch.ResumesMarketing)
        {
            channel.ResumeMarketing();
        }

        if (_patch.IsPaused.IsGiven)
        {
            channel.PausedAt = _patch.IsPaused.Value ? channel.PausedAt ?? now : null;
        }

        return isOther;
    }

    private Optional<string?> Required(string field, Optional<string?> given, bool isNew, int max, FieldError missing)
    {
        var text = TextRule.Check(Errors, field, given, max);
        if ((text.IsGiven && text.Value is null) || (isNew && !given.IsGiven))
        {
            Errors.Add(field, missing);
            return default;
        }

        return text;
    }

    private Optional<string?> Digits(string field, Optional<string?> text)
    {
        if (text.Or(null) is { } value && !value.All(char.IsAsciiDigit))
        {
            Errors.Add(field, ChannelErrors.NotDigits);
            return default;
        }

        return text;
    }

    // Sent unescaped in a header or URL, so its characters are limited.
    private Optional<string?> Secret(string field, Optional<string?> given, int max)
    {
        var text = TextRule.Check(Errors, field, given, max);
        if (text.Or(null) is { } value && value.Any(letter => letter is <= ' ' or > '~'))
        {
            Errors.Add(field, ChannelErrors.SecretUnprintable);
            return default;
        }

        return text;
    }
}
