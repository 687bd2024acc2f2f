namespace WaCr.Web.Features.Webhooks;

/// <summary>A <see cref="WebhookPatch"/> after the checks that need neither database nor network.</summary>
internal sealed class WebhookDraft
{
    private readonly WebhookPatch _patch;

    private WebhookDraft(WebhookPatch patch, bool isNew)
    {
        _patch = patch;
        Errors = new FieldErrors().AddAll(patch.Unreadable);
        Url = patch.Url.Or(null)?.Trim();
        if (string.IsNullOrEmpty(Url) && (isNew || patch.Url.IsGiven) && !Errors.Has(WebhookFields.Url))
        {
            Errors.Add(WebhookFields.Url, WebhookErrors.UrlRequired);
        }

        CheckText(WebhookFields.Url, Url, Webhook.UrlMaxLength);
        Description = patch.Description.IsGiven ? patch.Description.Value?.Trim() ?? "" : null;
        CheckText(WebhookFields.Description, Description, Webhook.DescriptionMaxLength);
        Events = patch.Events is null ? null : [.. patch.Events.Select(name => name.Trim()).Distinct(StringComparer.Ordinal)];
        if (Events is { Count: 0 }
            || (Events is null && isNew && !Errors.Any(error => error.Key.StartsWith(WebhookFields.Events, StringComparison.Ordinal))))
        {
            Errors.Add(WebhookFields.Events, WebhookErrors.EventsRequired);
        }

        var isReadable = !Errors.Any(error => error.Key.StartsWith(WebhookFields.Events + '.', StringComparison.Ordinal));
        foreach (var unknown in (Events ?? []).Where(name => !EventTypes.IsChoice(name) && (isReadable || name.Length > 0)))
        {
            Errors.Add(WebhookFields.Events, WebhookErrors.EventUnknown(unknown));
        }
    }

    public FieldErrors Errors { get; }

    public string? Url { get; }

    public string? Description { get; }

    public IReadOnlyList<string>? Events { get; }

    public static WebhookDraft Read(WebhookPatch patch, bool isNew) => new(patch, isNew);

    public void ApplyTo(Webhook webhook)
    {
        if (Url is not null && Url != webhook.Url)
        {
            (webhook.Url, webhook.FailingSince) = (Url, null); // another receiver, which has not failed yet
        }

        webhook.Description = Description ?? webhook.Description;
        webhook.Events = Events is null ? webhook.Events : Ordered(Events);
        if (!_patch.IsActive.IsGiven || (_patch.IsActive.Value && webhook.Status == WebhookStatus.Active))
        {
            return;
        }

        if (_patch.IsActive.Value)
        {
            (webhook.Status, webhook.DisabledBecause, webhook.FailingSince) = (WebhookStatus.Active, null, null);
        }
        else if (webhook.Status == WebhookStatus.Active)
        {
            webhook.Status = WebhookStatus.Paused;
        }
    }

    // Distinct, in display order.
    private static string Ordered(IReadOnlyCollection<string> names)
    {
        if (names.Contains(EventTypes.Everything))
        {
            return EventTypes.Everything;
        }

        var whole = EventTypes.Resources.Where(resource => names.Contains(resource + ".*")).ToList();
        return string.Join(' ', EventTypes.Resources.SelectMany(resource => whole.Contains(resource)
            ? [resource + ".*"]
            : EventTypes.All.Where(type => EventTypes.ResourceOf(type) == resource && names.Contains(type))));
    }

    private void CheckText(string field, string? text, int maxLength)
    {
        if (text is not null && !TextRule.IsStorable(text))
        {
            Errors.Add(field, TextRule.Unprintable);
        }
        else if (TextRule.IsTooLong(text, maxLength))
        {
            Errors.Add(field, TextRule.TooLong(maxLength));
        }
    }
}
