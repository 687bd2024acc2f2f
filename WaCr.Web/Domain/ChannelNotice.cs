namespace WaCr.Web.Domain;

/// <summary>What WhatsApp reports about a number or its account; the latest notice of each kind.</summary>
public sealed class ChannelNotice : ITenantOwned
{
    public const int FieldMaxLength = 60;
    public const int WordMaxLength = 100;
    public const int DetailsMaxLength = 500;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>The <see cref="Field"/> of what a read of the number found, rather than a webhook; <see cref="Word"/> says what.</summary>
    public const string ReadField = "read";

    /// <summary>WhatsApp's name of the kind: <c>account_update</c>, <c>phone_number_quality_update</c> and so on.</summary>
    public string Field { get; set; } = "";

    /// <summary>WhatsApp's word for the event; empty if it has none.</summary>
    public string Word { get; set; } = "";

    public string Details { get; set; } = "";

    /// <summary>Nothing needs to be done about it.</summary>
    public bool IsGood { get; set; }

    /// <summary>Something is restricted, refused or taken away.</summary>
    public bool IsSerious { get; set; }

    /// <summary>By WhatsApp's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When a restriction ends by itself; null if it does not, or WhatsApp does not say.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When a user dismissed it.</summary>
    public DateTimeOffset? DismissedAt { get; set; }
}
