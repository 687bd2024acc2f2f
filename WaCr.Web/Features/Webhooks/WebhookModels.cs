namespace WaCr.Web.Features.Webhooks;

/// <summary>Given fields of a webhook. Creating one requires URL and events.</summary>
public sealed record WebhookPatch
{
    public Optional<string?> Url { get; init; }

    /// <summary>Event names, <c>contact.*</c> or <c>*</c>; null if not given.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    public Optional<string?> Description { get; init; }
    public Optional<bool> IsActive { get; init; }

    /// <summary>Fields the caller could not parse, with the reason.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>A webhook as shown, without its secret.</summary>
public sealed record WebhookDetails
{
    public required long Id { get; init; }
    public required string Url { get; init; }
    public required string Description { get; init; }
    public required IReadOnlyList<string> Events { get; init; }
    public required WebhookStatus Status { get; init; }
    public WebhookDisabled? DisabledBecause { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IsActive => Status == WebhookStatus.Active;
}

/// <param name="Secret"><c>whsec_…</c>; shown only once, so null if the request is repeated.</param>
public sealed record WebhookWithSecret(WebhookDetails Webhook, string? Secret);

/// <param name="Status">HTTP status; null if there was no answer.</param>
/// <param name="Answer">The first kilobyte of the answer, or why there is none.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, int DurationMs, string Answer)
{
    public bool Succeeded => Status is >= 200 and < 300;
}

public sealed record DeliveryItem
{
    public required long Id { get; init; }

    /// <summary>The <c>webhook-id</c> header, the same on every attempt.</summary>
    public required string EventKey { get; init; }

    public required string EventType { get; init; }
    public required long ResourceId { get; init; }
    public required DeliveryState State { get; init; }
    public required int Attempts { get; init; }
    public int? LastStatus { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Oldest attempt first.</summary>
    public IReadOnlyList<DeliveryAttempt> Log { get; init; } = [];

    /// <summary>JSON body; null in lists.</summary>
    public string? Body { get; init; }
}

public sealed record DeliveryQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];
}

/// <param name="Since">Only events from then on; null for all stored ones.</param>
public sealed record RedeliverFailed(DateTimeOffset? Since);

public static class WebhookFields
{
    public const string Id = "id";
    public const string Url = "url";
    public const string Events = "events";
    public const string Description = "description";
    public const string IsActive = "is_active";
    public const string Status = "status";
    public const string Event = "event";
    public const string CreatedAt = "created_at";
    public const string Since = "since";
}

/// <summary>Events a webhook can subscribe to.</summary>
public static class WebhookEvents
{
    public const string Everything = EventTypes.Everything;

    public static IReadOnlyList<string> All => EventTypes.All;

    /// <summary>The part of an event name before the dot.</summary>
    public static IReadOnlyList<string> Resources => EventTypes.Resources;

    public static string ResourceOf(string name) => EventTypes.ResourceOf(name);
}

public static class WebhookPatchLimits
{
    public const int Url = Webhook.UrlMaxLength;
    public const int Description = Webhook.DescriptionMaxLength;
}

public static class WebhookErrors
{
    public static readonly FieldError UrlRequired = new("webhook.url_required", "URL is required");
    public static readonly FieldError EventsRequired = new("webhook.events_required", "At least one event is required");
    public static readonly FieldError NotPublic = Downloads.RemotePosts.NotPublic;
    public static readonly FieldError Disabled = new("webhook.disabled", "The webhook is disabled; make it active first");
    public static readonly FieldError StatusFailed =
        new("webhook.status_failed", "Only failed deliveries can be sent again together: status must be failed");

    public static readonly FieldError SinceInvalid = new("webhook.since_invalid", "Must be a date or a time in ISO 8601");

    public static NotFoundError NotFound => new("webhook.not_found", "Webhook not found");

    public static NotFoundError DeliveryNotFound => new("delivery.not_found", "Delivery not found");

    public static FieldError EventUnknown(string name) => new("webhook.event_unknown", $"There is no event {name}");
}
