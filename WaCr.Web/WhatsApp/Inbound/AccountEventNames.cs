namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>WhatsApp's names of account events that others than the reader know.</summary>
public static class AccountEventNames
{
    public const string Account = "account_update";
    public const string Quality = "phone_number_quality_update";

    /// <summary>Of <see cref="Account"/>: the terms of the Marketing Messages API were signed.</summary>
    public const string TermsSigned = "MM_LITE_TERMS_SIGNED";

    /// <summary>Of <see cref="Quality"/>: it is low.</summary>
    public const string Flagged = "FLAGGED";

    /// <summary>Of <see cref="Quality"/>: the number may send more messages a second.</summary>
    public const string ThroughputRaised = "THROUGHPUT_UPGRADE";
}
