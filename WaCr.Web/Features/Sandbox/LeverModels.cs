namespace WaCr.Web.Features.Sandbox;

/// <summary>How WhatsApp treats one number's messages.</summary>
/// <param name="Duplicates">How many more times each event is told.</param>
/// <param name="IsReversed">Statuses come in the wrong order.</param>
/// <param name="IsShuffled">What waits to be told is told in any order.</param>
public sealed record SandboxControlSettings(double DeliveredAfter, double ReadAfter, bool ReadsByItself, int Duplicates, bool IsReversed, bool IsShuffled)
{
    public const double Longest = 600;
    public const int MaxDuplicates = 9;
}

/// <summary>What goes wrong with the next messages.</summary>
public enum SandboxControlFault
{
    /// <summary>Too many at once; WhatsApp says to wait.</summary>
    TooMany = 0,
    Unavailable = 1,

    /// <summary>The message goes out, but nobody hears of it.</summary>
    NoAnswer = 2,

    /// <summary>The message goes out; the answer is a proxy's page.</summary>
    ErrorPage = 3,
    Slow = 4,

    /// <summary>The number can't pay.</summary>
    Unpaid = 5,
}

/// <param name="Times">How many messages it strikes; 0 for all.</param>
/// <param name="Left">How many more; null for all.</param>
public sealed record ActiveFault(string Id, SandboxControlFault? Fault, int? Code, int Times, int? Left, int Hits);

/// <summary>One post to the product.</summary>
/// <param name="Tells">What it told of, in WhatsApp's words.</param>
/// <param name="Answers">HTTP statuses of the attempts; 0 where nobody answered.</param>
public sealed record DeliveryItem(string Id, DateTimeOffset At, IReadOnlyList<string> Tells, IReadOnlyList<int> Answers, bool IsDelivered, string Body)
{
    public override string ToString() => $"{nameof(DeliveryItem)} {Id}";
}

public sealed record SandboxControlPanel(SandboxControlSettings Settings, bool RefusesToken, IReadOnlyList<ActiveFault> Faults, IReadOnlyList<DeliveryItem> Deliveries);
