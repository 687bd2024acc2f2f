namespace WaCr.Web.Features.Sandbox;

/// <summary>How the simulated WhatsApp treats one number's messages.</summary>
/// <param name="Duplicates">How often each event is repeated.</param>
/// <param name="IsReversed">Statuses are sent in reverse order.</param>
/// <param name="IsShuffled">Waiting events are sent in random order.</param>
public sealed record SandboxControlSettings(
    double DeliveredAfter, double ReadAfter, bool ReadsByItself, int Duplicates, bool IsReversed, bool IsShuffled)
{
    public const double Longest = 600;
    public const int MaxDuplicates = 9;
}

/// <summary>Fault to inject into the next messages.</summary>
public enum SandboxControlFault
{
    /// <summary>Rate limit; WhatsApp asks to wait.</summary>
    TooMany = 0,
    Unavailable = 1,

    /// <summary>The message is sent, but the request gets no answer.</summary>
    NoAnswer = 2,

    /// <summary>The message is sent; the answer is a proxy's HTML page.</summary>
    ErrorPage = 3,
    Slow = 4,

    /// <summary>Payment failed for the number.</summary>
    Unpaid = 5,
}

/// <param name="Times">Number of messages affected; 0 for all.</param>
/// <param name="Left">How many remain; null for all.</param>
public sealed record InjectedFault(string Id, SandboxControlFault? Fault, int? Code, int Times, int? Left, int Hits);

/// <summary>One webhook request to the product.</summary>
/// <param name="Tells">Its events, in WhatsApp's terms.</param>
/// <param name="Answers">HTTP status of each attempt; 0 for no answer.</param>
public sealed record DeliveryItem(
    string Id, DateTimeOffset At, IReadOnlyList<string> Tells, IReadOnlyList<int> Answers, bool IsDelivered, string Body)
{
    public override string ToString() => $"{nameof(DeliveryItem)} {Id}";
}

public sealed record SandboxControlPanel(
    SandboxControlSettings Settings, bool RefusesToken, IReadOnlyList<InjectedFault> Faults, IReadOnlyList<DeliveryItem> Deliveries);
