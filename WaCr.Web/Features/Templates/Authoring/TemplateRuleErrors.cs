namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>The rules of WhatsApp that a template can break. Each field error stands under the path of its field.</summary>
public static class TemplateRuleErrors
{
    public static readonly FieldError NameRequired = new("template.name_required", "The template's name is required");
    public static readonly FieldError NameInvalid = new("template.name_invalid", "The name takes a to z, 0 to 9 and underscores");
    public static readonly FieldError NameTaken = new("template.name_taken", "This name already has a template in this language");
    public static readonly FieldError LanguageInvalid = new("template.language_invalid", "The language must be a code such as en_US");
    public static readonly FieldError CategoryInvalid = new("template.category_invalid", "The category must be MARKETING, UTILITY or AUTHENTICATION");
    public static readonly FieldError CategoryFixed = new("template.category_fixed", "The category of an approved template cannot be changed");
    public static readonly FieldError NameFixed = new("template.name_fixed", "Name, language and kind of variables cannot be changed");
    public static readonly FieldError FormatInvalid = new("template.format_invalid", "The kind of variables must be POSITIONAL or NAMED");
    public static readonly FieldError TtlRange = new("template.ttl_range", "The time to deliver is outside what WhatsApp takes for this category");
    public static readonly FieldError ChannelUnknown = new("template.channel_unknown", "There is no such number, or it has no business account");

    public static readonly FieldError ComponentsRequired = new("template.components_required", "The template needs components, an array of objects");
    public static readonly FieldError ComponentUnknown = new("template.component_unknown", "There is no such component");
    public static readonly FieldError ComponentTwice = new("template.component_twice", "This component can stand once");
    public static readonly FieldError BodyRequired = new("template.body_required", "The template needs a text");
    public static readonly FieldError TextRequired = new("template.text_required", "A text is required here");
    public static readonly FieldError OneLine = new("template.one_line", "This text takes no line breaks");

    public static readonly FieldError HeaderFormat = new("template.header_format", "The header must be TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION or PRODUCT");
    public static readonly FieldError SampleRequired = new("template.sample_required", "A header with a file needs a sample, an uploaded file's handle");
    public static readonly FieldError HeaderOneVariable = new("template.header_one_variable", "A header takes one variable at most");
    public static readonly FieldError FooterVariables = new("template.footer_variables", "A footer takes no variables");

    public static readonly FieldError VariableMalformed = new("template.variable_malformed", "A variable is written {{1}} or {{first_name}}");
    public static readonly FieldError VariableNumbers = new("template.variable_numbers", "The variables of this template are numbers, as {{1}}");
    public static readonly FieldError VariableNames = new("template.variable_names", "The variables of this template need names, as {{first_name}}");
    public static readonly FieldError VariableGap = new("template.variable_gap", "Variables are numbered from {{1}} without a gap");
    public static readonly FieldError VariableAtEdge = new("template.variable_at_edge", "A variable cannot stand at the start or the end of the text");
    public static readonly FieldError TooManyVariables = new("template.too_many_variables", "The text is too short for so many variables");
    public static readonly FieldError ExampleRequired = new("template.example_required", "Each variable needs an example");

    public static readonly FieldError ButtonKind = new("template.button_kind", "There is no such button here");
    public static readonly FieldError ButtonsGrouped = new("template.buttons_grouped", "Quick replies must stand together");
    public static readonly FieldError ButtonTwice = new("template.button_twice", "Another button has the same text");
    public static readonly FieldError ButtonVariables = new("template.button_variables", "A button's text takes no variables");
    public static readonly FieldError UrlInvalid = new("template.url_invalid", "The address must begin with http:// or https://");
    public static readonly FieldError UrlVariable = new("template.url_variable", "An address takes one variable, {{1}}, at its end");
    public static readonly FieldError PhoneInvalid = new("template.phone_invalid", "The number must be an international phone number of at most 20 characters");
    public static readonly FieldError FlowRequired = new("template.flow_required", "The flow's id is required");

    public static readonly FieldError ProductMarketing = new("template.product_marketing", "A template that shows products must be MARKETING");
    public static readonly FieldError ProductAlone = new("template.product_alone", "A button of type CATALOG, MPM or SPM is the only one");
    public static readonly FieldError CatalogHeader = new("template.catalog_header", "A CATALOG button takes no header: WhatsApp shows a product there");
    public static readonly FieldError ItemsHeader = new("template.items_header", "With an MPM button the header must be TEXT");
    public static readonly FieldError ProductHeader = new("template.product_header", "An SPM button and a header of the format PRODUCT go together");

    public static readonly FieldError CodeHasHeader = new("template.code_has_header", "An authentication template has no such part");
    public static readonly FieldError CodeTextFixed = new("template.code_text_fixed", "The text of an authentication template is WhatsApp's own");
    public static readonly FieldError CodeExpiry = new("template.code_expiry", "The code must expire after 1 to 90 minutes");
    public static readonly FieldError CodeButton = new("template.code_button", "An authentication template needs one button of type OTP");
    public static readonly FieldError CodeButtonType = new("template.code_button_type", "The button must be COPY_CODE, ONE_TAP or ZERO_TAP");
    public static readonly FieldError AppsRange = new("template.apps_range", "One to five apps can fill in the code");
    public static readonly FieldError AppPackage = new("template.app_package", "The app's package name is required, as com.example.shop");
    public static readonly FieldError AppHash = new("template.app_hash", "The app's signature hash has 11 characters");
    public static readonly FieldError TermsRequired = new("template.terms_required", "WhatsApp's terms of zero-tap must be accepted");

    public static readonly FieldError MarketingOnly = new("template.marketing_only", "Carousels and limited-time offers must be MARKETING");
    public static readonly FieldError CarouselAlone = new("template.carousel_alone", "A carousel can only be combined with a text");
    public static readonly FieldError CardsRange = new("template.cards_range", "A carousel has 2 to 10 cards");
    public static readonly FieldError CardsAlike = new("template.cards_alike", "All cards must have the same parts: header, text and buttons");
    public static readonly FieldError CardHeader = new("template.card_header", "A card needs an IMAGE or a VIDEO at its top");
    public static readonly FieldError OfferHeader = new("template.offer_header", "The header of a limited-time offer is an IMAGE or a VIDEO");
    public static readonly FieldError OfferFooter = new("template.offer_footer", "A limited-time offer has no footer");
    public static readonly FieldError OfferButtons = new("template.offer_buttons", "A limited-time offer has a URL button, and before it a COPY_CODE button if it has a code");

    public static FieldError ButtonsRange(int max) => new("template.buttons_range", $"There can be 1 to {max} buttons", max);

    public static FieldError ButtonKindTooMany(int max) => new("template.button_kind_too_many", $"There can be at most {max} buttons of this type", max);
}

/// <summary>WhatsApp refused the template or its change, in its own words.</summary>
/// <param name="Code">WhatsApp's error code; null if it gave none.</param>
/// <param name="Subcode">What exactly is wrong, such as 2388024; null if it did not say.</param>
public sealed record TemplateRefusedError(int? Code, int? Subcode, string Title, string Details)
    : InvalidError("template.refused", "WhatsApp refused the template");

/// <summary>A template in this state takes no such change; WhatsApp decides first, or it is gone.</summary>
public sealed record TemplateStateError(string Status) : ConflictError("template.state", $"A template that is {Status} cannot be changed so");

/// <summary>WhatsApp allows one edit of an approved template a day, and ten in 30 days.</summary>
/// <param name="PossibleAt">When the next edit is possible.</param>
public sealed record TemplateEditLimitError(DateTimeOffset PossibleAt)
    : ConflictError("template.edit_limit", "An approved template can be edited once in 24 hours and ten times in 30 days");

/// <summary>The change may have arrived; the next sync tells.</summary>
public sealed record TemplateUncertainError()
    : UnavailableError("template.uncertain", "WhatsApp did not confirm the change. Sync the templates to see whether it arrived");
