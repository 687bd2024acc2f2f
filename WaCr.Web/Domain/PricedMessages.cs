namespace WaCr.Web.Domain;

/// <summary>
/// How many delivered messages of a day WhatsApp priced alike. A message counts once it is delivered and WhatsApp told its price, however
/// often and in which order its statuses come; <see cref="Message.PricedOn"/> says where. Prices are looked up when sums are read.
/// </summary>
public sealed class PricedMessages : ITenantOwned
{
    /// <summary>Rows that share a key otherwise, so that statuses of one broadcast do not all wait for the same row.</summary>
    public const int Slots = 8;

    public const int CountryMaxLength = 2;

    public long TenantId { get; set; }

    /// <summary>In the workspace's time zone, as WhatsApp bills.</summary>
    public DateOnly Day { get; set; }

    public long ChannelId { get; set; }

    /// <summary>0 if no campaign sent them.</summary>
    public long CampaignId { get; set; }

    /// <summary>WhatsApp's word, known or not.</summary>
    public string Category { get; set; } = "";

    /// <summary>The recipients' country, ISO alpha-2; empty if it is not known.</summary>
    public string Country { get; set; } = "";

    public bool IsBillable { get; set; }
    public int Slot { get; set; }
    public int Count { get; set; }
}
