using WaCr.Web.Common;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>Screen texts for the rules that a template can break.</summary>
internal static class TemplateRuleLabels
{
    /// <summary>Null if it is no rule of templates.</summary>
    public static string? Of(Localizer T, FieldError error) => error.Code switch
    {
        "template.name_required" => T["Enter a name first"],
        "template.name_invalid" => T["Use a to z, 0 to 9 and underscores"],
        "template.name_taken" => T["This name already has a template in this language"],
        "template.language_invalid" => T["Choose a language"],
        "template.category_invalid" => T["Choose a category"],
        "template.category_fixed" => T["An approved template keeps its category"],
        "template.name_fixed" => T["This can’t be changed after the template was created"],
        "template.format_invalid" => T["Choose numbers or names for the variables"],
        "template.ttl_range" => T["WhatsApp doesn’t allow this time for this category"],
        "template.channel_unknown" => T["Choose a number with a business account"],
        "template.components_required" => T["The template is empty"],
        "template.component_unknown" => T["WhatsApp doesn't know this part"],
        "template.component_twice" => T["This part can appear only once"],
        "template.body_required" => T["Type the text of the message"],
        "template.text_required" => T["Enter a text first"],
        "template.one_line" => T["This must be a single line"],
        "template.header_format" => T["Choose another kind of header"],
        "template.sample_required" => T["Choose a sample file"],
        "template.header_one_variable" => T["A header takes one variable at most"],
        "template.footer_variables" => T["A footer takes no variables"],
        "template.variable_malformed" => T["Write a variable as {one} or {two}", ("one", "{{1}}"), ("two", "{{first_name}}")],
        "template.variable_numbers" => T["Use numbers for the variables, as {one}", ("one", "{{1}}")],
        "template.variable_names" => T["Use names for the variables, as {one}", ("one", "{{first_name}}")],
        "template.variable_gap" => T["Number the variables from {one} without a gap", ("one", "{{1}}")],
        "template.variable_at_edge" => T["Put some words before the first and after the last variable"],
        "template.too_many_variables" => T["Write more words, or use fewer variables"],
        "template.example_required" => T["Give an example for each variable"],
        "template.button_kind" => T["This kind of button can’t be used here"],
        "template.buttons_grouped" => T["Keep quick replies together"],
        "template.button_twice" => T["Another button has the same text"],
        "template.button_variables" => T["A button’s text takes no variables"],
        "template.url_invalid" => T["The address must begin with https:// or http://"],
        "template.url_variable" => T["An address takes one variable, {one}, at its end", ("one", "{{1}}")],
        "template.phone_invalid" => T["Type the number with its country code"],
        "template.flow_required" => T["Enter the flow’s ID"],
        "template.code_has_header" => T["An authentication template has no such part"],
        "template.code_text_fixed" => T["WhatsApp writes this text itself"],
        "template.code_expiry" => T["From 1 to 90 minutes"],
        "template.code_button" => T["An authentication template needs the button for the code"],
        "template.code_button_type" => T["Choose how the code is filled in"],
        "template.apps_range" => T["Name one to five apps"],
        "template.app_package" => T["Enter the package name, such as com.example.shop"],
        "template.app_hash" => T["The signature hash has 11 characters"],
        "template.terms_required" => T["Accept WhatsApp’s zero-tap terms"],
        "template.marketing_only" => T["Carousels and limited-time offers are always marketing"],
        "template.carousel_alone" => T["A carousel can only be combined with a text"],
        "template.cards_range" => T["A carousel has 2 to 10 cards"],
        "template.cards_alike" => T["Give all cards the same parts and the same kinds of buttons"],
        "template.card_header" => T["Every card needs a photo or a video"],
        "template.offer_header" => T["An offer has a photo or a video at its top, or nothing"],
        "template.offer_footer" => T["An offer has no footer"],
        "template.offer_buttons" => T["An offer needs a link button; a copy-code button may come before it"],
        "template.buttons_range" => T["From 1 to {count} buttons", ("count", error.Limit)],
        "template.button_kind_too_many" => T["At most {count} of this kind", ("count", error.Limit)],
        _ => null,
    };
}
