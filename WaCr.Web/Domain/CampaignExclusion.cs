namespace WaCr.Web.Domain;

/// <summary>Why a selected contact gets no message.</summary>
public enum CampaignExclusionReason
{
    /// <summary>The contact wants no messages at all.</summary>
    OptedOut = 0,

    /// <summary>The contact has neither a number nor a WhatsApp id.</summary>
    NoAddress = 1,

    /// <summary>Another selected contact is the same person.</summary>
    Duplicate = 2,

    /// <summary>The contact has no value for a variable, and there is no fallback.</summary>
    ValueMissing = 3,

    /// <summary>Deleted before its turn.</summary>
    Gone = 4,

    /// <summary>The contact wants no marketing.</summary>
    NoMarketing = 5,
}

/// <summary>A selected contact who gets no message.</summary>
public sealed class CampaignExclusion : ITenantOwned
{
    public long TenantId { get; set; }
    public long CampaignId { get; set; }

    /// <summary>No foreign key: the contact may be deleted.</summary>
    public long ContactId { get; set; }

    public CampaignExclusionReason Reason { get; set; }
}
