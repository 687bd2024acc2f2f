namespace WaCr.Web.Domain;

/// <summary>A place that the workspace sends often: its shop, a car park.</summary>
public sealed class SavedPlace : ITenantOwned
{
    public const int NameMaxLength = 255;
    public const int AddressMaxLength = 1000;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; set; } = "";
    public string Address { get; set; } = "";

    /// <summary>In degrees, like the longitude.</summary>
    public decimal Latitude { get; set; }

    public decimal Longitude { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
