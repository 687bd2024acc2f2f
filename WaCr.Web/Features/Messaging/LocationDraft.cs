using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

public static class LocationFields
{
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Name = "name";
    public const string Address = "address";
}

/// <summary>A place, in degrees.</summary>
internal sealed class LocationDraft : MessageDraft
{
    public const int NameMaxLength = SavedPlace.NameMaxLength;
    public const int AddressMaxLength = SavedPlace.AddressMaxLength;

    private readonly LocationContent _content;

    private LocationDraft(SendLocation request, DraftFields fields) : base(request, fields) => _content = new LocationContent(
        Degrees(LocationFields.Latitude, request.Latitude, 90, MessageErrors.LatitudeInvalid),
        Degrees(LocationFields.Longitude, request.Longitude, 180, MessageErrors.LongitudeInvalid),
        fields.Text(LocationFields.Name, request.Name, NameMaxLength),
        fields.Text(LocationFields.Address, request.Address, AddressMaxLength));

    internal LocationContent Place => _content;

    public override MessageType Type => MessageType.Location;

    public static LocationDraft Read(SendLocation request, DraftFields fields) => new(request, fields) { To = fields.ReadDestination() };

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to) =>
        Task.FromResult<Result<Composed>>(Composed.WithText(_content));

    private decimal Degrees(string field, decimal? given, decimal most, FieldError outside)
    {
        if (!Errors.Has(field) && (given is not { } degrees || Math.Abs(degrees) > most))
        {
            Errors.Add(field, outside);
        }

        return given ?? 0;
    }
}
