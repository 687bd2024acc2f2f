namespace WaCr.Web.Features.Templates.Authoring;

public enum TemplateKind
{
    /// <summary>Header, text, footer and buttons.</summary>
    Standard = 0,
    Carousel = 1,
    LimitedTimeOffer = 2,

    /// <summary>A one-time code, in WhatsApp's own words.</summary>
    Authentication = 3,
}

/// <summary>
/// A template being written: one name in one or more languages. It is kept as a draft, and becomes WhatsApp's components
/// (<see cref="TemplateDesignJson"/>) to be checked and submitted. A mutable form model; no rule of its own.
/// </summary>
public sealed class TemplateDesign
{
    public string Name { get; set; } = "";
    public string Category { get; set; } = "UTILITY";
    public TemplateKind Kind { get; set; }

    /// <summary>Variables with names, as <c>{{first_name}}</c>, and not numbers.</summary>
    public bool IsNamed { get; set; }

    /// <summary>The number whose account gets it; null for the first.</summary>
    public long? ChannelId { get; set; }

    public int? MessageSendTtlSeconds { get; set; }

    public List<LanguageDesign> Languages { get; init; } = [];

    /// <summary>Authentication templates have a category of their own, carousels and offers are marketing.</summary>
    public string EffectiveCategory => Kind switch
    {
        TemplateKind.Authentication => "AUTHENTICATION",
        TemplateKind.Carousel or TemplateKind.LimitedTimeOffer => "MARKETING",
        _ => Category,
    };

    public string ParameterFormat => IsNamed && Kind != TemplateKind.Authentication ? "NAMED" : "POSITIONAL";
}

/// <summary>The texts of one language.</summary>
public sealed class LanguageDesign
{
    public string Language { get; set; } = "en_US";

    /// <summary>NONE, TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION or PRODUCT.</summary>
    public string HeaderFormat { get; set; } = "NONE";

    public string HeaderText { get; set; } = "";
    public SampleDesign HeaderSample { get; set; } = new();
    public string Body { get; set; } = "";
    public string Footer { get; set; } = "";

    /// <summary>Example values by the variable's name, of header and body.</summary>
    public Dictionary<string, string> HeaderExamples { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Examples { get; init; } = new(StringComparer.Ordinal);
    public List<ButtonDesign> Buttons { get; init; } = [];
    public List<CardDesign> Cards { get; init; } = [];
    public string OfferText { get; set; } = "";

    /// <summary>Whether each message says when the offer ends.</summary>
    public bool OfferExpires { get; set; } = true;

    public CodeDesign Code { get; set; } = new();
}

/// <summary>A sample file that was uploaded for the review.</summary>
public sealed class SampleDesign
{
    /// <summary>WhatsApp's handle, or the address of a sample that it has already.</summary>
    public string Handle { get; set; } = "";

    public string FileName { get; set; } = "";
}

public sealed class ButtonDesign
{
    /// <summary>WhatsApp's word, one of <see cref="TemplateButtonRules.Kinds"/>.</summary>
    public string Kind { get; set; } = "QUICK_REPLY";

    public string Text { get; set; } = "";

    /// <summary>Of a URL button; may end in a variable.</summary>
    public string Url { get; set; } = "";

    public string Phone { get; set; } = "";

    /// <summary>The flow that a FLOW button opens.</summary>
    public string FlowId { get; set; } = "";

    /// <summary>Example of the URL's end or of the code.</summary>
    public string Example { get; set; } = "";
}

public sealed class CardDesign
{
    public SampleDesign Sample { get; set; } = new();
    public string Body { get; set; } = "";
    public Dictionary<string, string> Examples { get; init; } = new(StringComparer.Ordinal);
    public List<ButtonDesign> Buttons { get; init; } = [];
}

/// <summary>The form of an authentication template.</summary>
public sealed class CodeDesign
{
    public bool AddsSecurityRecommendation { get; set; } = true;

    /// <summary>Null: the message does not say when the code expires.</summary>
    public int? ExpiryMinutes { get; set; } = 10;

    /// <summary>COPY_CODE, ONE_TAP or ZERO_TAP.</summary>
    public string OtpType { get; set; } = "COPY_CODE";

    public List<AppDesign> Apps { get; init; } = [];
    public bool TermsAccepted { get; set; }
}

/// <summary>An Android app that fills in the code.</summary>
public sealed class AppDesign
{
    public string PackageName { get; set; } = "";
    public string SignatureHash { get; set; } = "";
}
