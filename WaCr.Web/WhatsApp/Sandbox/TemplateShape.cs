using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A template's variables by component, in order of appearance.</summary>
internal sealed partial record TemplateShape
{
    private TemplateShape(JsonArray components)
    {
        foreach (var component in components.OfType<JsonObject>())
        {
            switch (component["type"].Text()?.ToUpperInvariant())
            {
                case "HEADER":
                    HeaderFormat = component["format"].Text()?.ToUpperInvariant();
                    HeaderText = component["text"].Text();
                    break;
                case "BODY":
                    Body = component["text"].Text() ?? "";
                    break;
                case "FOOTER":
                    Footer = component["text"].Text();
                    break;
                case "LIMITED_TIME_OFFER":
                    OfferText = (component["limited_time_offer"] as JsonObject)?["text"].Text();
                    OfferExpires = (component["limited_time_offer"] as JsonObject)?["has_expiration"].IsTrue() == true;
                    break;
                case "CAROUSEL":
                    Cards =
                    [
                        .. (component["cards"] as JsonArray ?? [])
                            .OfType<JsonObject>()
                            .Select(card => new TemplateShape(card["components"] as JsonArray ?? []))
                    ];
                    break;
                case "BUTTONS":
                    Buttons = [.. (component["buttons"] as JsonArray ?? []).OfType<JsonObject>()];
                    break;
            }
        }
    }

    public string? HeaderFormat { get; }
    public string? HeaderText { get; }
    public string Body { get; } = "";
    public string? Footer { get; }
    public IReadOnlyList<JsonObject> Buttons { get; } = [];

    public string? OfferText { get; }

    /// <summary>Whether each send says when the offer ends.</summary>
    public bool OfferExpires { get; }

    public IReadOnlyList<TemplateShape> Cards { get; } = [];

    public static TemplateShape Of(JsonArray components) => new(components);

    public static TemplateShape Of(JsonElement components) => new(JsonArray.Create(components) ?? []);

    public static IReadOnlyList<string> VariablesOf(string? text) =>
        [.. Variable.Matches(text ?? "").Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    public static string Fill(string text, Func<string, string?> valueOf) =>
        Variable.Replace(text, match => valueOf(match.Groups["name"].Value) ?? match.Value);

    [GeneratedRegex(@"\{\{(?<name>[a-z0-9_]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable { get; }
}
