using System.Text.Json.Nodes;
using WaCr.Web.Features.Costs;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <summary>A line of a demo conversation and the message made from it.</summary>
internal sealed record SpokenLine(Conversation Conversation, Contact Contact, DemoLine Line, bool IsUnread, Message Message)
{
    public override string ToString() => nameof(SpokenLine);
}

/// <summary>Builds the messages of demo conversations: rows, content and usage windows.</summary>
internal static class DemoMessages
{
    private const int Unreachable = 131026;
    private const string OrderNumber = "4711";

    // WhatsApp charges answers from then on.
    private static readonly DateTimeOffset AnswersCostSince = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static Message New(Conversation conversation, DemoLine line, DateTimeOffset at, long who, Random random)
    {
        var message = new Message
        {
            TenantId = conversation.TenantId,
            ConversationId = conversation.Id,
            ChannelId = conversation.ChannelId,
            ContactId = conversation.ContactId,
            Direction = line.FromCustomer ? MessageDirection.Inbound : MessageDirection.Outbound,
            Type = line.Template is not null ? MessageType.Template
                : line.File is { } file ? file == "picture" ? MessageType.Image : MessageType.Document
                : MessageType.Text,
            Status = MessageStatus.Delivered,
            SentAt = at,
            CreatedAt = at,
            UpdatedAt = at,
        };
        if (!line.FromCustomer)
        {
            message.State = OutboxState.Sent;
            message.Attempts = 1;
            message.StaffId = line.Template is null ? who : null;
            message.DeliveredAt = message.UpdatedAt = at.AddSeconds(1 + random.Next(4));
            if (random.Next(5) > 0)
            {
                message.Status = MessageStatus.Read;
                message.ReadAt = message.UpdatedAt = message.DeliveredAt.Value.AddSeconds(4 + random.Next(12));
            }
        }

        return message;
    }

    public static void Fail(Message message)
    {
        message.Status = MessageStatus.Failed;
        message.State = OutboxState.Dead;
        message.ErrorCode = Unreachable;
        message.Error = RefusalTitles.DetailsOf(Unreachable);
        message.FailedAt = message.UpdatedAt;
        message.DeliveredAt = message.ReadAt = null;
    }

    /// <summary>Fills in content that depends on the contact and the template.</summary>
    public static void Fill(SpokenLine one, IReadOnlyList<Template> templates, Random random)
    {
        var (message, contact) = (one.Message, one.Contact);
        if (one.Line.Template is { } name)
        {
            var template = templates.First(t => t.Name == name);
            var values = template.ParameterFormat == "NAMED"
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["first_name"] = contact.FirstName,
                    ["day"] = "Thursday",
                    ["time"] = "10",
                }
                : new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["1"] = contact.FirstName,
                    ["2"] = name == "seasonal_offer" ? "20%" : string.Create(CultureInfo.InvariantCulture, $"{1 + random.Next(6)} items"),
                };
            (message.TemplateName, message.TemplateLanguage) = (template.Name, template.Language);
            var form = TemplateForm.Of(template.Name, template.Language, template.Category, template.ParameterFormat, template.Components);
            var texts = form.Parameters
                .Where(parameter => parameter.Kind is TemplateParameterKind.BodyText or TemplateParameterKind.HeaderText)
                .ToDictionary(
                    parameter => parameter.Field,
                    parameter => parameter is { Kind: TemplateParameterKind.HeaderText, Name: "1" } ? OrderNumber : values[parameter.Name],
                    StringComparer.Ordinal);
            message.Text = form.Preview(texts);
            message.PriceCategory = template.Category.ToLowerInvariant();
            message.IsBillable = true;
            message.Content = StoredContent.Of(new TemplateContent(
                template.Name, template.Language, Body:
                [
                    .. form.Parameters.Where(parameter => parameter.Kind == TemplateParameterKind.BodyText).Select(
                        parameter => new TemplateText(texts[parameter.Field], template.ParameterFormat == "NAMED" ? parameter.Name : null))
                ])
            { Snapshot = form.TakeSnapshot(texts) }).Json;
            return;
        }

        message.Text = one.Line.Text.Replace("{name}", contact.FirstName, StringComparison.Ordinal);
        if (message.Direction == MessageDirection.Inbound && one.Line.File is null)
        {
            message.Content = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = message.Text } }.ToJsonString();
        }
        else if (message.Direction == MessageDirection.Outbound)
        {
            message.PriceCategory = "service";
            message.IsBillable = message.CreatedAt >= AnswersCostSince;
        }
    }

    /// <summary>Counts what was delivered by its price, as statuses would.</summary>
    public static List<PricedMessages> Price(IEnumerable<SpokenLine> spoken, DayCalendar calendar)
    {
        foreach (var (conversation, message) in spoken.Select(one => (one.Conversation, one.Message)))
        {
            if (message is { Status: >= MessageStatus.Delivered, PriceCategory: not null, DeliveredAt: { } at })
            {
                (message.PricedOn, message.PricedCountry) = (calendar.DayOf(at), CallingCountry.Of(conversation.WaId, conversation.UserId));
            }
        }

        return
        [
            .. spoken.Select(one => one.Message).Where(message => message.PricedOn is not null)
                .GroupBy(m => (m.TenantId, m.PricedOn, m.ChannelId, m.PriceCategory, m.PricedCountry, m.IsBillable))
                .Select(some => new PricedMessages
                {
                    TenantId = some.Key.TenantId,
                    Day = some.Key.PricedOn!.Value,
                    ChannelId = some.Key.ChannelId,
                    Category = some.Key.PriceCategory!,
                    Country = some.Key.PricedCountry!,
                    IsBillable = some.Key.IsBillable == true,
                    Count = some.Count(),
                }),
        ];
    }

    public static MessageMedia FileOf(SpokenLine one, long fileId, string kind)
    {
        var (type, contentType, fileName) = kind == "picture"
            ? ("image", "image/png", (string?)null)
            : ("document", "application/pdf", "invoice.pdf");
        var content = new JsonObject { ["mime_type"] = contentType };
        if (one.Message.Text.Length > 0)
        {
            content["caption"] = one.Message.Text;
        }

        if (fileName is not null)
        {
            content["filename"] = fileName;
        }

        one.Message.Content = new JsonObject { ["type"] = type, [type] = content }.ToJsonString();
        return new MessageMedia
        {
            TenantId = one.Message.TenantId,
            MessageId = one.Message.Id,
            MediaFileId = fileId,
            State = MediaState.Stored,
            FileName = fileName,
            ClaimedContentType = contentType,
        };
    }

    /// <summary>Counts conversations of the plan: 24 hours from our first message are one; failed messages do not count.</summary>
    public static void Count(List<SpokenLine> said, List<UsageWindow> windows)
    {
        UsageWindow? window = null;
        foreach (var message in said.Select(one => one.Message)
            .Where(message => message is { Direction: MessageDirection.Outbound, Status: not MessageStatus.Failed }))
        {
            if (window is null || message.CreatedAt >= window.OpenedAt + UsageWindow.Length)
            {
                window = new UsageWindow
                {
                    TenantId = message.TenantId,
                    ContactId = message.ContactId,
                    OpenedAt = message.CreatedAt,
                    Period = UsageGate.PeriodOf(Metric.Conversations, message.CreatedAt),
                };
                windows.Add(window);
            }

            window.Messages++;
            message.UsageWindowOpenedAt = window.OpenedAt;
        }

        if (window is not null)
        {
            window.IsLatest = true;
        }
    }
}
