namespace WaCr.Web.Features.Contacts;

/// <summary>What a person said anew, as told to a user or a program.</summary>
public sealed record ConsentPatch
{
    public const string MarketingField = "consent.marketing";
    public const string ServiceField = "consent.service";
    public const string SourceField = "consent.source";
    public const string ProofField = "consent.proof";

    /// <summary><c>granted</c> or <c>denied</c>; <c>unknown</c> or null leaves it.</summary>
    public string? Marketing { get; init; }

    /// <summary><c>allowed</c> or <c>denied</c>; null leaves it.</summary>
    public string? Service { get; init; }

    /// <summary>How they said it: by phone, in the shop, by a form. Required to allow more than before. At most 500 characters.</summary>
    public string? Source { get; init; }

    /// <summary>The person's own words, or where they stand. At most 500 characters.</summary>
    public string? Proof { get; init; }
}
