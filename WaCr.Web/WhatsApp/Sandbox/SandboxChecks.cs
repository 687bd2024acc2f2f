namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// Validates the sandbox's settings: one sentence, or null if valid. What would fail later, in an event, is refused here.
/// </summary>
internal static class SandboxChecks
{
    /// <summary>How far the clock may be moved and a message aged.</summary>
    public static readonly TimeSpan MaxShift = TimeSpan.FromDays(3_650);

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(30);
    private const int MaxId = 64;
    private const int MaxSecret = 1_024;
    private const int MaxDuplicates = 100;
    private const int MaxBatch = 1_000;
    private const int MaxRetries = 50;

    public static string? Of(SandboxNumber number) =>
        !IsId(number.PhoneNumberId) ? $"phone_number_id must be letters and digits, at most {MaxId}."
        : !IsId(number.BusinessAccountId) ? $"business_account_id must be letters and digits, at most {MaxId}."
        : WaIds.Digits(number.Phone) is null ? "phone must be a phone number."
        : Secrets(number).Any(secret => secret.Length is 0 or > MaxSecret)
            ? $"access_token, app_secret and verify_token must be from 1 to {MaxSecret} characters long."
        : number.WebhookUrl is { } address && !IsWebhook(address) ? "webhook_url must be an http or https address."
        : number.AllowedRecipients?.Any(phone => phone is null) == true ? "allowed_recipients must be phone numbers."
        : null;

    public static string? Of(SandboxBehaviour behaviour) =>
        Delays(behaviour).Any(delay => delay < TimeSpan.Zero || delay > MaxDelay) ? "Each length of time must be from zero to 30 days."
        : behaviour.WebhookTimeout == TimeSpan.Zero ? "webhook_timeout must be more than zero."
        : behaviour.RetryDelays.Count > MaxRetries ? $"retry_delays must be at most {MaxRetries}."
        : behaviour.Duplicates is < 0 or > MaxDuplicates ? $"duplicates must be from 0 to {MaxDuplicates}."
        : behaviour.BatchSize is < 1 or > MaxBatch ? $"batch_size must be from 1 to {MaxBatch}."
        : behaviour.MessagesPerSecond < 0 || behaviour.TemplateLimit < 0 ? "messages_per_second and template_limit must not be negative."
        : behaviour.HttpStatuses.Values.Any(status => status is < 200 or > 599) ? "http_statuses must be from 200 to 599."
        : null;

    public static string? Of(SandboxState state) =>
        Lists(state).Any(list => list.Any(item => item is null)) ? "A list holds null."
        : state.ClockAhead.Duration() > MaxShift ? "clock_ahead is too far."
        : state.Pending.OfType<StatusDue>().Any(due => due.Copies is < 0 or > MaxDuplicates + 1) ? "copies are too many."
        : state.Numbers.Select(Of)
            .Append(Of(state.Behaviour))
            .Concat(state.NumberBehaviours.Values.Select(Of))
            .FirstOrDefault(problem => problem is not null)
            ?? (!state.Templates.TrueForAll(template => long.TryParse(template.Id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? "A template's id must be digits."
            : state.Customers.Any(person => WaIds.Digits(person.WaId) is null) ? "A customer's wa_id must be a phone number."
            : state.Customers.Any(person => !HasFitIds(person)) ? "A customer's user ids must be like US.1234 and US.ENT.1234."
            : state.Messages.Any(message => WaIds.Digits(message.Customer) is null) ? "A message's customer must be a phone number."
            : state.Rules.Select(rule => rule.Problem).FirstOrDefault(problem => problem is not null));

    public static bool IsWebhook(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static IEnumerable<object?>[] Lists(SandboxState state) =>
    [
        state.Numbers, state.Customers, state.Templates, state.Media, state.Rules, state.Messages, state.Pending,
        state.NumberBehaviours.Values,
    ];

    private static bool HasFitIds(SandboxCustomer person) =>
        person.UserIds.Values.All(id => id is not null && WaIds.IsUserId(id))
        && (person.ParentUserId is not { } parent || WaIds.IsParentId(parent));

    private static bool IsId(string id) => id.Length is > 0 and <= MaxId && id.All(char.IsAsciiLetterOrDigit);

    private static string[] Secrets(SandboxNumber number) => [number.AccessToken, number.AppSecret, number.VerifyToken];

    private static IEnumerable<TimeSpan> Delays(SandboxBehaviour behaviour) =>
    [
        behaviour.SentAfter, behaviour.DeliveredAfter, behaviour.ReadAfter, behaviour.WebhookTimeout, behaviour.TemplateReview,
        behaviour.MediaUrlLifetime, behaviour.SlowAnswer, .. behaviour.RetryDelays,
    ];
}
