using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>What WhatsApp says about a number or its account, beside messages; the latest of each kind.</summary>
public sealed class ChannelNotice : ITenantOwned
{
    public const int FieldMaxLength = 60;
    public const int WordMaxLength = 100;
    public const int DetailsMaxLength = 500;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>WhatsApp's name for the kind: <c>account_update</c>, <c>phone_number_quality_update</c> and so on.</summary>
    public string Field { get; set; } = "";

    /// <summary>WhatsApp's word for what happened; empty where it gave none.</summary>
    public string Word { get; set; } = "";

    public string Details { get; set; } = "";

    /// <summary>Good news: nothing is to be done about it.</summary>
    public bool IsGood { get; set; }

    /// <summary>Something is restricted, refused or taken away.</summary>
    public bool IsSerious { get; set; }

    /// <summary>By WhatsApp's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When a person took it off the screen.</summary>
    public DateTimeOffset? DismissedAt { get; set; }
}
