using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WaCr.Web.Data;

/// <summary>
/// An event's resource in the API's format. Written again here, because rows written in bulk do not pass the API; a test compares the two.
/// </summary>
public static class EventJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object whose properties <paramref name="properties"/> writes.</summary>
    public static string WriteObject(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="contact">As it is now.</param>
    /// <param name="groups">Ids in ascending order.</param>
    internal static string Of(Contact contact, IReadOnlyList<long> groups) => WriteObject(json =>
    {
        json.WriteNumber("id"u8, contact.Id);
        json.WriteString("firstname"u8, contact.FirstName);
        json.WriteString("lastname"u8, contact.LastName);
        json.WriteString("company"u8, contact.Company);
        json.WriteString(
            "type"u8, contact.Type switch { ContactType.Customer => "customer"u8, ContactType.Guest => "guest"u8, _ => "lead"u8 });
        json.WriteString("email"u8, contact.Email);
        json.WriteString("phone"u8, contact.HasPhone ? contact.Phone : null);
        json.WriteNumber("status_id"u8, contact.StatusId);
        json.WriteNumber("source_id"u8, contact.SourceId);
        json.WriteString("description"u8, contact.Description);
        json.WriteString("city"u8, contact.City);
        json.WriteString("state"u8, contact.State);
        json.WriteString("zip"u8, contact.Zip);
        json.WriteString("address"u8, contact.Address);
        WriteNumber(json, "country_id"u8, contact.CountryId);
        WriteNumber(json, "assigned_id"u8, contact.AssignedId);
        json.WriteString("language"u8, contact.Language);
        json.WriteStartArray("group_id"u8);
        foreach (var group in groups)
        {
            json.WriteNumberValue(group);
        }

        json.WriteEndArray();
        json.WriteBoolean("is_opted_out"u8, contact.IsOptedOut);
        json.WriteStartObject("consent"u8);
        json.WriteString("marketing"u8, contact.Consent.Marketing.ToString().ToLowerInvariant());
        json.WriteString("service"u8, contact.Consent.Service.ToString().ToLowerInvariant());
        if (contact.ConsentChangedAt is { } said)
        {
            WriteTime(json, "changed_at"u8, said);
        }
        else
        {
            json.WriteNull("changed_at"u8);
        }

        json.WriteEndObject();
        WriteTime(json, "created_at"u8, contact.CreatedAt);
        WriteTime(json, "updated_at"u8, contact.UpdatedAt);
    });

    internal static string Of(Lookup lookup) => WriteObject(json =>
    {
        json.WriteNumber("id"u8, lookup.Id);
        json.WriteString("name"u8, lookup.Name);
        if (lookup is Status status)
        {
            json.WriteString("color"u8, status.Color);
        }

        WriteTime(json, "created_at"u8, lookup.CreatedAt);
        WriteTime(json, "updated_at"u8, lookup.UpdatedAt);
    });

    internal static string Of(ChannelNotice notice) => WriteObject(json =>
    {
        json.WriteNumber("channel_id"u8, notice.ChannelId);
        json.WriteString("field"u8, notice.Field);
        json.WriteString("event"u8, notice.Word);
        json.WriteString("details"u8, notice.Details);
        json.WriteBoolean("is_serious"u8, notice.IsSerious);
        WriteTime(json, "at"u8, notice.At);
    });

    public static string Of(Template template) => WriteObject(json =>
    {
        json.WriteNumber("id"u8, template.Id);
        json.WriteString("template_id"u8, template.WhatsAppId);
        json.WriteString("template_name"u8, template.Name);
        json.WriteString("language"u8, template.Language);
        json.WriteString("category"u8, template.Category);
        json.WriteString("status"u8, template.Status);
        json.WriteString("quality"u8, template.Quality);
        json.WriteString("rejected_reason"u8, template.RejectedReason);
        json.WriteString("body_data"u8, template.Body);
        json.WritePropertyName("components"u8);
        json.WriteRawValue(template.Components);
        WriteTime(json, "created_at"u8, template.CreatedAt);
        WriteTime(json, "updated_at"u8, template.UpdatedAt);
    });

    public static string Of(Campaign campaign) => WriteObject(json =>
    {
        json.WriteNumber("id"u8, campaign.Id);
        json.WriteString("name"u8, campaign.Name);
        json.WriteString("status"u8, campaign.State.ToString().ToLowerInvariant());
        json.WriteString(
            "paused_because"u8,
            campaign.PausedBecause is { } because ? JsonNamingPolicy.SnakeCaseLower.ConvertName(because.ToString()) : null);
        json.WriteString("template_name"u8, campaign.TemplateName);
        json.WriteString("language"u8, campaign.TemplateLanguage);
        WriteTime(json, "send_at"u8, campaign.ScheduledAt);
        json.WriteNumber("per_minute"u8, campaign.PerMinute);
        json.WriteNumber("total"u8, campaign.Total);
        json.WriteNumber("queued"u8, campaign.Queued);
        json.WriteNumber("excluded"u8, campaign.Excluded);
        WriteTime(json, "started_at"u8, campaign.StartedAt);
        WriteTime(json, "finished_at"u8, campaign.FinishedAt);
        WriteTime(json, "created_at"u8, campaign.CreatedAt);
    });

    /// <summary>Without the 24-hour window, which goes on after the event.</summary>
    public static string Of(Conversation conversation) => WriteObject(json =>
    {
        json.WriteNumber("id"u8, conversation.Id);
        json.WriteNumber("contact_id"u8, conversation.ContactId);
        json.WriteNumber("channel_id"u8, conversation.ChannelId);
        WriteNumber(json, "assigned_id"u8, conversation.AssignedId);
        json.WriteNumber("unread_count"u8, conversation.UnreadCount);
        WriteNumber(json, "last_message_id"u8, conversation.LastMessageId);
        WriteTime(json, "last_message_at"u8, conversation.WrittenAt);
        WriteTime(json, "last_inbound_at"u8, conversation.LastInboundAt);
        WriteTime(json, "created_at"u8, conversation.CreatedAt);
        WriteTime(json, "updated_at"u8, conversation.UpdatedAt);
    });

    /// <summary>For an erased contact: the id only, so that copies elsewhere can be deleted too.</summary>
    public static string OfErased(long id) => WriteObject(json => json.WriteNumber("id"u8, id));

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        json.WritePropertyName(name);
        json.WriteNumberOrNull(value);
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        json.WritePropertyName(name);
        json.WriteTimeOrNull(value);
    }
}
