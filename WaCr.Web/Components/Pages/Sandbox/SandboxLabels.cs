using WaCr.Web.Components.Language;
using WaCr.Web.Features.Sandbox;

namespace WaCr.Web.Components.Pages.Sandbox;

/// <summary>Screen texts for the sandbox.</summary>
public static class SandboxLabels
{
    /// <summary>Phones with special behaviour, as listed in docs/sandbox.md.</summary>
    public static IReadOnlyList<(string Phone, string What)> SpecialCustomers(Localizer T) =>
    [
        ("+15550131026", T["Can't be reached on WhatsApp"]),
        ("+15550131049", T["WhatsApp decides not to deliver"]),
        ("+15550131050", T["Opted out of marketing messages"]),
        ("+15550131056", T["Received too many messages: WhatsApp refuses"]),
        ("+15550900001", T["WhatsApp doesn't answer, but the message is sent"]),
        ("+15550900007", T["One tick forever"]),
        ("+15550900009", T["Ticks in the wrong order"]),
        ("+15550900010", T["Every tick is reported three times"]),
        ("+15550900012", T["Delivered, then failed"]),
        ("+15550900013", T["Reads only when you say so"]),
        ("+15550900014", T["WhatsApp holds templates for 30 seconds"]),
    ];

    public static string Of(Localizer T, SandboxControlFault fault) => fault switch
    {
        SandboxControlFault.TooMany => T["Too many at once: WhatsApp says to wait (130429)"],
        SandboxControlFault.Unavailable => T["WhatsApp is unavailable (131016)"],
        SandboxControlFault.NoAnswer => T["No answer, but the message is sent"],
        SandboxControlFault.ErrorPage => T["An error page, but the message is sent (502)"],
        SandboxControlFault.Slow => T["The answer is slow"],
        _ => T["The account can't pay (131042)"],
    };

    public static string Of(Localizer T, CustomerSample sample) => sample switch
    {
        CustomerSample.FromAd => T["First message after an ad"],
        CustomerSample.AboutProduct => T["Question about a product"],
        CustomerSample.Forwarded => T["Forwarded message"],
        CustomerSample.Order => T["Order"],
        CustomerSample.FormAnswers => T["Form answers"],
        CustomerSample.Place => T["Place"],
        CustomerSample.ContactCard => T["Contact card"],
        CustomerSample.InGroup => T["Message in a group"],
        _ => T["Message of an unknown kind"],
    };

    /// <param name="happened">One of <see cref="SandboxAccounts.Events"/>.</param>
    public static string AccountEvent(Localizer T, string happened) => happened switch
    {
        "QualityFlagged" => T["The quality of the messages is low"],
        "QualityUnflagged" => T["The quality is good again"],
        "LimitLowered" => T["The limit of people a day is lowered"],
        "LimitRaised" => T["The limit of people a day is raised"],
        "ThroughputRaised" => T["The number may send faster"],
        "NameApproved" => T["The display name is approved"],
        "NameRejected" => T["The display name is rejected"],
        "Restricted" => T["The account is restricted for a week"],
        "Violation" => T["The account breaks a policy"],
        "Disabled" => T["The account is disabled"],
        "Reinstated" => T["The account is reinstated"],
        "AlertRaised" => T["An alert is raised"],
        "AlertResolved" => T["The alert is resolved"],
        "ReviewRejected" => T["The account's review is failed"],
        "ReviewApproved" => T["The account's review is passed"],
        "CapabilityChanged" => T["The business may do more"],
        "PinChanged" => T["The number's PIN is changed"],
        _ => happened,
    };

    public static string Of(Localizer T, InjectedFault fault) =>
        fault.Fault is { } known ? Of(T, known) : T["WhatsApp refuses with {code}", ("code", fault.Code ?? 0)];
}
