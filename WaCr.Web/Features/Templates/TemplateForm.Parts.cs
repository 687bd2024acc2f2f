using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>The parts beside header, body and buttons: a place as header, an offer's end, a carousel's cards.</summary>
public sealed partial class TemplateForm
{
    public const string PlaceLatitude = "header_latitude";
    public const string PlaceLongitude = "header_longitude";
    public const string PlaceName = "header_name";
    public const string PlaceAddress = "header_address";
    public const string OfferField = "offer_expires_at";
    public const int MaxCards = 10;

    public static readonly FieldError DegreesInvalid = new("template.degrees_invalid", "Must be degrees, such as 22.3072");
    public static readonly FieldError TimeInvalid = new("template.time_invalid", "Must be a time, such as 2026-12-24T18:00:00Z");

    private const string PlaceFormat = "LOCATION";

    private static readonly (string Field, string Name)[] PlaceFields =
        [(PlaceLatitude, "latitude"), (PlaceLongitude, "longitude"), (PlaceName, "name"), (PlaceAddress, "address")];

    /// <summary>What the phone shows around the text; its texts are those of <see cref="Preview"/>. Null if there is nothing.</summary>
    public TemplateSnapshot? TakeSnapshot(IReadOnlyDictionary<string, string> texts)
    {
        var format = _components.HeaderFormat == TemplateHeaderFormat.None ? null : _components.HeaderFormatWord;
        return format is null && _components is { OfferText: null, FooterText: null, Buttons: [], Cards: [] }
            ? null
            : new TemplateSnapshot(
                format, HeaderTextOf(texts), _components.OfferText, _components.FooterText, LookOf(_components.Buttons),
                [
                    .. _components.Cards.Zip(
                        CardPreviews(texts), (card, body) => new TemplateSnapshotCard(card.HeaderFormatWord, body, LookOf(card.Buttons)))
                ]);

        static List<TemplateSnapshotButton> LookOf(IReadOnlyList<TemplateButtonPart> buttons) =>
            [.. buttons.Select(button => new TemplateSnapshotButton(button.Type, button.Text))];
    }

    private bool HasPlace => _components.HeaderFormatWord == PlaceFormat;

    private bool HasKnownCards => _components.Cards.Count > 0 && _components.Cards.All(card => FileKindOf(card) is not null);

    /// <param name="card">From 1, like all numbers of cards.</param>
    public static string CardFileField(int card) => string.Create(CultureInfo.InvariantCulture, $"card_{card}_header_url");

    public static string CardBodyField(int card, int number) => string.Create(CultureInfo.InvariantCulture, $"card_{card}_field_{number}");

    public static string CardButtonField(int card, int index) => string.Create(CultureInfo.InvariantCulture, $"card_{card}_button_{index}");

    private IEnumerable<TemplateParameter> PlaceParameters() => HasPlace
        ? PlaceFields.Select(place => new TemplateParameter(place.Field, TemplateParameterKind.HeaderPlace, place.Name))
        : [];

    private IEnumerable<TemplateParameter> OfferParameters() => _components.OfferExpires
        ? [new TemplateParameter(OfferField, TemplateParameterKind.OfferEnd, _components.OfferText ?? "")]
        : [];

    private IEnumerable<TemplateParameter> CardParameters() =>
        _components.Cards.SelectMany((card, index) => CardParameters(card, index + 1));

    private IEnumerable<TemplateParameter> CardParameters(TemplateComponents card, int number)
    {
        if (FileKindOf(card) is { } kind)
        {
            yield return new(CardFileField(number), TemplateParameterKind.CardFile, kind.ToString().ToLowerInvariant(), card.HeaderFileUrl,
                kind)
            { Card = number };
        }

        foreach (var (index, name) in TemplateVariables.Of(card.BodyText, _named).Index())
        {
            yield return new(
                CardBodyField(number, index + 1), TemplateParameterKind.CardText, name, index < card.BodyExamples.Count ? card.BodyExamples[index]
                    : null)
            { Card = number };
        }

        foreach (var button in card.Buttons.Where(button => button.Type == "URL" && button.HasVariable))
        {
            yield return new(CardButtonField(number, button.Index), TemplateParameterKind.CardButton, button.Text ?? "") { Card = number };
        }
    }

    private static MediaKind? FileKindOf(TemplateComponents card) => card.HeaderFormat switch
    {
        TemplateHeaderFormat.Image => MediaKind.Image,
        TemplateHeaderFormat.Video => MediaKind.Video,
        _ => null,
    };

    private static void CheckPart(TemplateParameter parameter, string text, FieldErrors errors)
    {
        var unfit = parameter switch
        {
            { Field: PlaceLatitude } when !IsDegrees(text, 90) => DegreesInvalid,
            { Field: PlaceLongitude } when !IsDegrees(text, 180) => DegreesInvalid,
            { Kind: TemplateParameterKind.OfferEnd } when TimeOf(text) is null => TimeInvalid,
            { Kind: TemplateParameterKind.CardFile } when AddressOf(text) is null => TemplateErrors.NotAnAddress,
            { Kind: TemplateParameterKind.ButtonSections } => SectionsErrorOf(text),
            _ => null,
        };
        if (unfit is not null)
        {
            errors.Add(parameter.Field, unfit);
        }
    }

    private static bool IsDegrees(string text, decimal most) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most;

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at > DateTimeOffset.UnixEpoch ? at : null;

    /// <summary>The address of a header's file; null if it is no http or https address.</summary>
    public static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    private static TemplatePlaceHeader PlaceHeader(IReadOnlyDictionary<string, string> texts) => new(new LocationContent(
        decimal.Parse(texts[PlaceLatitude], NumberStyles.Float, CultureInfo.InvariantCulture),
        decimal.Parse(texts[PlaceLongitude], NumberStyles.Float, CultureInfo.InvariantCulture), texts[PlaceName], texts[PlaceAddress]));

    private DateTimeOffset? OfferEnd(IReadOnlyDictionary<string, string> texts) =>
        _components.OfferExpires ? TimeOf(texts.GetValueOrDefault(OfferField)) : null;

    private IEnumerable<CarouselCard> FilledCards(IReadOnlyDictionary<string, string> texts) => _components.Cards.Select((card, index) =>
    {
        var own = Parameters.Where(parameter => parameter.Card == index + 1).ToList();
        var file = own.Find(parameter => parameter.Kind == TemplateParameterKind.CardFile);
        return new CarouselCard(
            index,
            file is { FileKind: { } kind } && AddressOf(texts[file.Field]) is { } address
                ? new TemplateMediaHeader(kind, MediaSource.At(address)) : null,
            [.. own.Where(parameter => parameter.Kind == TemplateParameterKind.CardText).Select(parameter => Text(texts, parameter))],
            [.. FilledButtons(texts, card.Buttons, at => CardButtonField(index + 1, at))]);
    });

    private IEnumerable<string?> CardPreviews(IReadOnlyDictionary<string, string> texts) =>
        _components.Cards.Select((card, index) => Written(
        card.BodyText, TemplateVariables.Of(card.BodyText, _named), at => CardBodyField(index + 1, at + 1), texts));
}
