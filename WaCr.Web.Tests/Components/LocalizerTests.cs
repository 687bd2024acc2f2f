using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Components;

public sealed class LocalizerTests
{
    // The tests run in the invariant culture, whose words are the keys.
    private static readonly Localizer English = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Localizer>()
        .BuildServiceProvider().GetRequiredService<Localizer>();

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Asha Patel", "AP")]
    [InlineData("  maria da conceição silva ", "MS")]
    [InlineData("Cher", "C")]
    [InlineData("", "?")]
    [InlineData("🦊 Fox", "🦊F")]
    public void Initials_are_the_first_letters_of_the_first_and_last_word(string name, string initials) =>
        Initials.Of(name).ShouldBe(initials);

    [Fact]
    public void A_name_keeps_its_colour() => Initials.ColorClass("Asha Patel").ShouldBe(Initials.ColorClass("Asha Patel"));

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(5 * 60, "5 min ago")]
    [InlineData(3 * 3600, "3 h ago")]
    [InlineData(30 * 3600, "yesterday")]
    [InlineData(5 * 86_400, "5 days ago")]
    [InlineData(60 * 86_400, "23 Sep")]
    [InlineData(400 * 86_400, "18 Oct 2025")]
    public void Times_are_told_from_now(int secondsAgo, string words) =>
        TimeLabels.Ago(English, Now.AddSeconds(-secondsAgo), Now, "UTC").ShouldBe(words);

    [Theory]
    [InlineData("2026-11-22T12:00:00Z", "2026-11-21T10:01:00Z", "Pacific/Kiritimati", "yesterday")] // 23 November there; its day before began at 10:00 UTC
    [InlineData("2026-11-22T12:00:00Z", "2026-11-20T10:30:00Z", "Pacific/Kiritimati", "2 days ago")]
    [InlineData("2026-11-22T10:00:00Z", "2026-11-21T09:00:00Z", "Pacific/Pago_Pago", "yesterday")]
    [InlineData("2026-11-22T10:00:00Z", "2026-11-20T11:30:00Z", "Pacific/Pago_Pago", "yesterday")]
    [InlineData("2026-03-30T03:00:00Z", "2026-03-29T00:30:00Z", "Europe/Berlin", "yesterday")] // the day of 23 hours
    [InlineData("2026-10-26T05:00:00Z", "2026-10-25T00:30:00Z", "Europe/Berlin", "yesterday")] // the day of 25 hours
    public void Yesterday_is_the_day_before_for_whoever_reads(string now, string at, string timeZone, string words) =>
        TimeLabels.Ago(English, Time(at), Time(now), timeZone).ShouldBe(words);

    [Theory]
    [InlineData("2026-12-31T10:00:00Z", "Pacific/Kiritimati", "1 Jan 2027, 00:00 (Pacific/Kiritimati)")]
    [InlineData("2027-01-01T10:59:00Z", "Pacific/Pago_Pago", "31 Dec 2026, 23:59 (Pacific/Pago Pago)")]
    [InlineData("2026-03-29T00:59:00Z", "Europe/Berlin", "29 Mar 2026, 01:59 (Europe/Berlin)")]
    [InlineData("2026-03-29T01:00:00Z", "Europe/Berlin", "29 Mar 2026, 03:00 (Europe/Berlin)")]
    [InlineData("2026-10-25T00:30:00Z", "Europe/Berlin", "25 Oct 2026, 02:30 (Europe/Berlin)")]
    [InlineData("2026-10-25T01:30:00Z", "Europe/Berlin", "25 Oct 2026, 02:30 (Europe/Berlin)")]
    [InlineData("2026-11-22T12:00:00Z", "Nowhere/At_All", "22 Nov 2026, 12:00 (Nowhere/At All)")]
    public void Exact_times_follow_the_zone(string at, string timeZone, string words) =>
        TimeLabels.Exact(Time(at), timeZone).ShouldBe(words);

    [Fact]
    public void Exact_times_are_the_workspaces() => TimeLabels.Exact(Now, "Asia/Kolkata").ShouldBe("22 Nov 2026, 17:30 (Asia/Kolkata)");

    [Theory]
    [InlineData("/contacts?page=2", "/contacts?page=2")]
    [InlineData("/contacts?search=\u00e4\ud83d\ude00", "/contacts?search=%C3%A4%F0%9F%98%80")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\tcontacts", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_way_back_never_leaves_the_site(string? url, string expected) => Urls.LocalOrHome(url).ShouldBe(expected);

    // Where the server takes both kinds, nobody is told to have https.
    [Theory]
    [InlineData("en")]
    [InlineData("pt")]
    [InlineData("ar")]
    public void An_address_of_either_kind_is_asked_for_as_such(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            FieldError[] both = [CampaignErrors.LinkRequired, TemplateErrors.NotAnAddress, RemoteFiles.NotPublic, MessageErrors.LinkInvalid];
            both.ShouldAllBe(error => FieldErrorLabels.Of(English, error).Contains("http://", StringComparison.Ordinal));
            both.Select(error => FieldErrorLabels.Of(English, error)).Any(text => text.Contains("Enter a", StringComparison.Ordinal))
                .ShouldBe(language == "en");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        CampaignErrors.LinkRequired.Message.ShouldContain("http:// or https://");
    }

    [Fact]
    public void Every_error_has_words_of_its_own()
    {
        var common = ErrorLabels.Of(English, new Unheard()).Title;
        AppError[] known =
        [
            new ValidationError("phone", PhoneRules.Required), new NotFoundError("contact.not_found", "Contact not found"), new ForbiddenError("contacts:write"),
            new LimitExceededError("contacts", 5, 5), new FeatureNotAvailableError("api_access"), new InUseError("status.in_use", "Status is still used", 3),
            new StaleVersionError(4), new OutageError(), new NumberClaimedError(),
            new TooLateError("bulk.ended", "This change has already ended"), new WhatsAppNotConfiguredError(), new ContactOptedOutError(), new WindowClosedError(),
            new FileError(FileProblem.Empty), new CampaignMovedOnError(), new FileKindError(null), new FileSizeError(1),
            new FileEmptyError(),
            new TemplateNotFoundError(), new TemplateNotApprovedError("PAUSED"), new TemplateRefusedError(100, 2388024, "Taken", "There is one"), new TemplateStateError("PENDING"), new TemplateEditLimitError(default), new TemplateUncertainError(),
            new TemplateSyncFailedError(null, "Unavailable", "WhatsApp could not be reached"),
            new MessageSendFailedError(1, 131026, "Undeliverable", "Not on WhatsApp", IsUncertain: false), new MarketingStoppedError(),
            new BlockRefusedError("Not on WhatsApp"),
        ];
        known.ShouldAllBe(error => ErrorLabels.Of(English, error).Title != common);
        var all = typeof(AppError).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(AppError)) && !type.IsAbstract)
            .Where(type => type.Namespace is not ("WaCr.Web.CommandLine" or "WaCr.Web.WhatsApp" or "WaCr.Web.WhatsApp.Sandbox")) // no screen shows them: features answer with their own
            .Where(type => type.Namespace is not ("WaCr.Web.Features.Otp" or "WaCr.Web.Features.Idempotency")) // programs alone ask for these
            .ToHashSet();
        all.ExceptWith(known.Select(error => error.GetType()));
        all.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_asks_who_is_there_except_these()
    {
        var open = typeof(Urls).Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any())
            .Where(type => type.GetCustomAttribute<AuthorizeAttribute>() is null || type.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
            .Select(type => type.Name);
        open.Order(StringComparer.Ordinal).ShouldBe(["AccessDeniedPage", "JoinPage", "NotFoundPage", "ResetPage", "SetUpPage", "SignInCodePage", "SignInPage"]);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Unheard() : AppError("unheard", "Unheard of");
}
