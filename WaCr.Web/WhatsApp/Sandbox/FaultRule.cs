namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An injected fault: which calls, how often, and what happens.</summary>
internal sealed record FaultRule
{
    public string Id { get; init; } = "";

    /// <summary><c>send</c>, <c>read</c>, <c>media</c>, <c>templates</c>, <c>number</c>; unset: any call.</summary>
    public string? Operation { get; init; }

    public string? PhoneNumberId { get; init; }

    /// <summary>Digits of the recipient.</summary>
    public string? Recipient { get; init; }

    /// <summary>Applies to the next n calls only; 0: to all while the rule exists.</summary>
    public int Next { get; init; }

    /// <summary>Applies to every nth call only; 0: to each.</summary>
    public int Every { get; init; }

    public Fault Fault { get; init; }

    /// <summary>Refuse with this code.</summary>
    public int? Code { get; init; }

    public string? Details { get; init; }

    /// <summary>The HTTP status of the refusal or of the HTML page.</summary>
    public int? Status { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>If the answer is lost: whether the call was carried out anyway.</summary>
    public bool CarriedOut { get; init; }

    public int Seen { get; set; }

    public int Hits { get; set; }

    public bool IsUsedUp => Next > 0 && Hits >= Next;

    /// <summary>Counts the call and returns whether the fault applies to it.</summary>
    public bool AppliesTo(string operation, string? phoneNumberId, string? recipient)
    {
        if (IsUsedUp
            || (Operation ?? operation) != operation
            || (PhoneNumberId ?? phoneNumberId) != phoneNumberId
            || (Recipient ?? recipient) != recipient)
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

    /// <summary>Why the rule is invalid; null if it is valid.</summary>
    public string? Problem => this switch
    {
        { Fault: Fault.None, Code: null } => "A rule needs a code or a fault.",
        { Next: < 0 } or { Every: < 0 } or { RetryAfterSeconds: < 0 } => "next, every and retry_after_seconds must not be negative.",
        { Status: < 200 or > 599 } => "status must be between 200 and 599.",
        _ => null,
    };
}
