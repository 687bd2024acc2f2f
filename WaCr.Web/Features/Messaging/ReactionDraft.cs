using System.Text;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

public static class ReactionFields
{
    public const string MessageId = "message_id";
    public const string Emoji = "emoji";
}

/// <summary>An emoji at a message; it goes to whom that message is with.</summary>
internal sealed class ReactionDraft : MessageDraft
{
    public const int EmojiMaxLength = 32;

    /// <summary>WhatsApp knows its messages that long.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    private readonly string _emoji;
    private string _wamid = "";

    private ReactionDraft(SendReaction request, DraftFields fields) : base(request, fields)
    {
        Target = fields.Required(ReactionFields.MessageId, request.MessageId, Message.WamidMaxLength, MessageErrors.TargetRequired) ?? "";
        _emoji = fields.Text(ReactionFields.Emoji, request.Emoji, EmojiMaxLength) ?? "";
        if (request.Emoji.Or(null) is null && !Errors.Has(ReactionFields.Emoji))
        {
            Errors.Add(ReactionFields.Emoji, MessageErrors.EmojiRequired);
        }
        else if (_emoji.Length > 0 && !IsEmoji(_emoji))
        {
            Errors.Add(ReactionFields.Emoji, MessageErrors.EmojiInvalid);
        }
    }

    public override MessageType Type => MessageType.Reaction;

    public override string Target { get; }

    public static ReactionDraft Read(SendReaction request, DraftFields fields) =>
        new(request, fields) { To = fields.ReadDestination(isOptional: true) };

    /// <summary>Null if it can be reacted to; keeps its id.</summary>
    public FieldError? Aim(MessageTarget target, DateTimeOffset now)
    {
        _wamid = target.Wamid ?? "";
        return target.Wamid is null ? MessageErrors.ReplyToUnsent
            : target.Type == MessageType.Reaction || target.Type.IsEvent() ? MessageErrors.TargetUnfit
            : target.CreatedAt < now - Oldest ? MessageErrors.TargetTooOld
            : null;
    }

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to) =>
        Task.FromResult<Result<Composed>>(new Composed(new ReactionContent(_wamid, _emoji), _emoji));

    // One symbol as people see it; a letter or a word is none.
    private static bool IsEmoji(string text) =>
        new StringInfo(text).LengthInTextElements == 1 && text.EnumerateRunes()
            .Any(rune => rune.Value >= 0xA9 && !Rune.IsLetterOrDigit(rune));
}
