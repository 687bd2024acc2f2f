namespace WaCr.Web.Domain;

public enum MarketingConsent
{
    /// <summary>Neither granted nor denied yet.</summary>
    Unknown = 0,
    Granted = 1,
    Denied = 2,
}

public enum ServiceConsent
{
    /// <summary>Answers and notices may be sent, unless the contact says otherwise.</summary>
    Allowed = 0,
    Denied = 1,
}

/// <summary>What a person wants: marketing, and messages at all. Whoever wants no messages wants no marketing.</summary>
public readonly record struct Consent(MarketingConsent Marketing, ServiceConsent Service)
{
    public static readonly Consent Nothing = new(MarketingConsent.Denied, ServiceConsent.Denied);

    /// <summary>Whether anything is unwanted.</summary>
    public bool IsOptedOut => Marketing == MarketingConsent.Denied || Service == ServiceConsent.Denied;

    /// <summary>As a contact's columns hold it.</summary>
    public static Consent From(bool isOptedOut, ConsentPurpose optedOutOf, bool agreesToMarketing) => isOptedOut
        ? new Consent(MarketingConsent.Denied, optedOutOf == ConsentPurpose.Everything ? ServiceConsent.Denied : ServiceConsent.Allowed)
        : new Consent(agreesToMarketing ? MarketingConsent.Granted : MarketingConsent.Unknown, ServiceConsent.Allowed);

    /// <summary>The consent that these records hold, the stricter if they differ.</summary>
    public static Consent Of(IReadOnlyCollection<ConsentRecord> records)
    {
        if (records.Any(record => record is { Purpose: ConsentPurpose.Everything, IsOptedOut: true }))
        {
            return Nothing;
        }

        var marketing = records.Where(record => record.Purpose == ConsentPurpose.Marketing).ToList();
        return new Consent(
            marketing.Count == 0 ? MarketingConsent.Unknown
                : marketing.Exists(record => record.IsOptedOut) ? MarketingConsent.Denied : MarketingConsent.Granted,
            ServiceConsent.Allowed);
    }

    public Consent With(ConsentChange change)
    {
        var service = change.Service ?? Service;
        return new Consent(service == ServiceConsent.Denied ? MarketingConsent.Denied : change.Marketing ?? Marketing, service);
    }

    /// <summary>The stricter of both.</summary>
    public Consent And(Consent other) => new(
        Marketing > other.Marketing ? Marketing : other.Marketing, Service > other.Service ? Service : other.Service);

    /// <summary>What makes this of <paramref name="before"/>.</summary>
    public ConsentChange Since(Consent before) => new(
        Marketing == before.Marketing ? null : Marketing, Service == before.Service ? null : Service);
}

/// <summary>What a person says anew; null leaves a wish as it is.</summary>
public readonly record struct ConsentChange(MarketingConsent? Marketing, ServiceConsent? Service)
{
    public static readonly ConsentChange StopsAll = new(null, ServiceConsent.Denied);
    public static readonly ConsentChange StopsMarketing = new(MarketingConsent.Denied, null);
    public static readonly ConsentChange ResumesMarketing = new(MarketingConsent.Granted, null);
    public static readonly ConsentChange ResumesAll = new(MarketingConsent.Granted, ServiceConsent.Allowed);

    public bool IsNothing => Marketing is null && Service is null;
}

/// <summary>How a contact said it (by phone, in the shop), and in which words.</summary>
public sealed record ConsentStatement(string? Source, string? Proof);
