using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

internal sealed class TextDraft : MessageDraft
{
    private readonly string _message;

    private TextDraft(SendText request, DraftFields fields) : base(request, fields) =>
        _message = fields.Required(MessageFields.Message, request.Message, Message.TextMaxLength, MessageErrors.MessageRequired) ?? "";

    public override MessageType Type => MessageType.Text;

    public static TextDraft Read(SendText request, DraftFields fields) => new(request, fields) { To = fields.ReadDestination() };

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var text = MergeFields.Fill(_message, to);
        return Task.FromResult<Result<Composed>>(TextRule.IsTooLong(text, Message.TextMaxLength)
            ? new ValidationError(MessageFields.Message, TextRule.TooLong(Message.TextMaxLength))
            : new Composed(new TextContent(text), text));
    }
}
