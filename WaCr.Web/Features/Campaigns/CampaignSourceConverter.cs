using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Old campaigns store a field as a number; reads it as the field's name.</summary>
internal sealed class CampaignSourceConverter : JsonConverter<string>
{
    private static readonly string[] Numbered =
        [
            CampaignSource.Text, "firstname", "lastname", CampaignSource.FullName, "email", "phone", "company", "city", "state", "zip",
            "address"
        ];

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? Numbered[reader.GetInt32()] : reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
