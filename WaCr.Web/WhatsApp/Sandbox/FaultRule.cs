namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A fault that somebody asked for: on which calls, how often, and what happens then.</summary>
internal sealed record FaultRule
{
    public string Id { get; init; } = "";

    /// <summary><c>send</c>, <c>read</c>, <c>media</c>, <c>templates</c>, <c>number</c>; unset: any call.</summary>
    public string? Operation { get; init; }

    public string? PhoneNumberId { get; init; }

    /// <summary>Digits of the recipient.</summary>
    public string? Recipient { get; init; }

    /// <summary>Only the next so many calls; 0: as long as the rule is there.</summary>
    public int Next { get; init; }

    /// <summary>Only each so-manieth call; 0: each.</summary>
    public int Every { get; init; }

    public Fault Fault { get; init; }

    /// <summary>Refuse with this code.</summary>
    public int? Code { get; init; }

    public string? Details { get; init; }

    /// <summary>The HTTP status of the refusal or of the page.</summary>
    public int? Status { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Where the answer is lost: whether the call was carried out all the same.</summary>
    public bool CarriedOut { get; init; }

    public int Seen { get; set; }

    public int Hits { get; set; }

    public bool IsUsedUp => Next > 0 && Hits >= Next;

    /// <summary>Counts the call, and tells whether the fault strikes it.</summary>
    public bool Strikes(string operation, string? phoneNumberId, string? recipient)
    {
        if (IsUsedUp || (Operation ?? operation) != operation || (PhoneNumberId ?? phoneNumberId) != phoneNumberId || (Recipient ?? recipient) != recipient)
        {
            return false;
        }

        Seen++;
        if (Every > 0 && Seen % Every != 0)
        {
            return false;
        }

        Hits++;
        return true;
    }

    /// <summary>What is wrong with the rule itself.</summary>
    public string? Problem => this switch
    {
        { Fault: Fault.None, Code: null } => "A rule needs a code or a fault.",
        { Next: < 0 } or { Every: < 0 } or { RetryAfterSeconds: < 0 } => "next, every and retry_after_seconds must not be negative.",
        { Status: < 200 or > 599 } => "status must be between 200 and 599.",
        _ => null,
    };
}
