using System.Text.Json;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Components.Pages.Templates.Builder;

/// <summary>
/// One template being written on the builder's page: kept as a draft when typing pauses, checked against WhatsApp's rules at each change,
/// submitted language by language.
/// </summary>
public sealed class TemplateEditing(
    TemplateQueries queries, TemplateService service, TemplateSamples samples, UnsavedTemplates unsaved, TimeProvider time,
    ILogger<TemplateEditing> logger)
{
    // What is not written yet or half written breaks these: told once a submission was tried.
    private static readonly FieldError[] Unfinished =
    [
        TemplateRuleErrors.UrlInvalid, TemplateRuleErrors.PhoneInvalid, TemplateRuleErrors.AppsRange, TemplateRuleErrors.AppPackage,
        TemplateRuleErrors.AppHash, TemplateRuleErrors.CardsRange, TemplateRuleErrors.OfferButtons,
    ];

    private readonly TypingPause _pause = new(time);
    private readonly Dictionary<string, FieldErrors> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TemplateDetails> _submitted = new(StringComparer.Ordinal);
    private Task _keeping = Task.CompletedTask;
    private bool _tried;

    /// <summary>Called when the page must re-render.</summary>
    public Action? Refreshed { get; set; }

    /// <summary>Null until loaded.</summary>
    public TemplateDesign? Design { get; private set; }

    /// <summary>The template being edited; null for a new one.</summary>
    public TemplateDetails? Original { get; private set; }

    /// <summary>Other languages of the same name that exist already.</summary>
    public IReadOnlyList<TemplateDetails> Siblings { get; private set; } = [];

    public int Selected { get; set; }

    public long? DraftId { get; private set; }

    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>Whether the input would survive a reload; null while typing.</summary>
    public bool? IsKept { get; private set; }

    public bool IsSubmitting { get; private set; }

    /// <summary>Why it could not be loaded.</summary>
    public AppError? Failure { get; private set; }

    /// <summary>Why it could not be submitted, if no field is at fault.</summary>
    public AppError? Refusal { get; private set; }

    public LanguageDesign Language => Design!.Languages[Math.Clamp(Selected, 0, Design.Languages.Count - 1)];

    public bool IsNew => Original is null;

    public DateTimeOffset? NextEditAt => Original is { Status: "APPROVED" } original ? original.NextEditAt(time.GetUtcNow()) : null;

    /// <param name="templateId">The template to edit; null for a new one.</param>
    /// <param name="draftId">A draft to go on with.</param>
    /// <param name="copyOf">A template to begin with.</param>
    public async Task LoadAsync(string? templateId, long? draftId, string? copyOf, CancellationToken cancellationToken)
    {
        _pause.Cancel();
        (Design, Original, Failure, DraftId, Siblings, Selected) = (null, null, null, null, [], 0);
        (RestoredFrom, IsKept, Refusal, _tried) = (null, null, null, false);
        _refused.Clear();
        _submitted.Clear();
        if ((templateId ?? copyOf) is { } id)
        {
            var found = await Attempt.RunAsync(() => queries.GetAsync(id, cancellationToken), logger, cancellationToken);
            Failure = found.Error;
            if (Failure is not null)
            {
                return;
            }

            Original = templateId is null ? null : found.Value;
            Design = TemplateDesignReader.Read(found.Value!);
            Design.Name = templateId is null ? Shorten(Design.Name) + "_copy" : Design.Name;
        }

        var kept = await Attempt.RunAsync(() => Original is { } original ? unsaved.FindForAsync(original.Id, cancellationToken)
            : draftId is { } draft ? unsaved.FindAsync(draft, cancellationToken)
            : Task.FromResult<Result<UnsavedTemplateDetails?>>(null as UnsavedTemplateDetails), logger, cancellationToken);
        Failure = kept.Error;
        if (kept.Value is { Design.Languages.Count: > 0 } restored)
        {
            (Design, DraftId, RestoredFrom) = (restored.Design, restored.Id, restored.KeptAt);
        }

        Design ??= Failure is null ? new TemplateDesign { Languages = { new LanguageDesign() } } : null;
        await LoadSiblingsAsync(cancellationToken);
    }

    /// <summary>After each change.</summary>
    public Task ChangedAsync()
    {
        (IsKept, Refusal) = (null, null);
        _refused.Remove(Language.Language);
        Refreshed?.Invoke();
        return _pause.ThenAsync(KeepAsync);
    }

    /// <summary>
    /// The rules that a language breaks, by the paths of the API. What is merely missing is told once a submission was tried.
    /// </summary>
    public FieldErrors ErrorsOf(LanguageDesign language)
    {
        var rules = new FieldErrors();
        foreach (var (field, reasons) in TemplateRules.Check(TemplateDesignJson.Author(Design!, language)))
        {
            foreach (var reason in reasons.Where(reason => _tried || !IsUnfinished(reason)))
            {
                rules.Add(field, reason);
            }
        }

        return _refused.TryGetValue(language.Language, out var refused) ? rules.AddAll(refused) : rules;
    }

    /// <summary>The errors of a part, as <c>("BODY", "text")</c>, of the language that is shown.</summary>
    public IReadOnlyList<FieldError> ErrorsAt(string type, string rest)
    {
        var components = TemplateDesignJson.Components(Design!, Language);
        var index = components.EnumerateArray().Select(component => component.GetProperty("type").GetString()).ToList().IndexOf(type);
        return ErrorsOf(Language)[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"components.{index}.{rest}")];
    }

    public TemplateDetails Preview(LanguageDesign language) => TemplateDetails.Preview(TemplateDesignJson.Author(Design!, language));

    public Task AddLanguageAsync(string code)
    {
        // The other language begins as a copy: parts and buttons are the same, the words are translated.
        var copy = JsonSerializer.Deserialize<LanguageDesign>(JsonSerializer.Serialize(Language))!;
        copy.Language = code;
        Design!.Languages.Add(copy);
        Selected = Design.Languages.Count - 1;
        return ChangedAsync();
    }

    public Task RemoveLanguageAsync()
    {
        Design!.Languages.Remove(Language);
        Selected = 0;
        return ChangedAsync();
    }

    /// <summary>Uploads a sample; the error is for the field.</summary>
    public async Task<AppError?> UploadAsync(PickedFile file, SampleDesign sample)
    {
        var sent = await Attempt.RunAsync(() => samples.UploadAsync(Design!.ChannelId, file.Content, file.Type, file.Name, CancellationToken.None), logger);
        if (sent.Succeeded)
        {
            (sample.Handle, sample.FileName) = (sent.Value!, file.Name);
            await ChangedAsync();
        }

        return sent.Error;
    }

    /// <summary>True if every language was taken by WhatsApp.</summary>
    public async Task<bool> SubmitAsync()
    {
        (_tried, Refusal) = (true, null);
        _pause.Cancel();
        foreach (var (index, language) in Design!.Languages.Index())
        {
            if (ErrorsOf(language).Any)
            {
                Selected = index;
                return false;
            }
        }

        IsSubmitting = true;
        Refreshed?.Invoke();
        var succeeded = await SubmitAllAsync();
        IsSubmitting = false;
        if (succeeded)
        {
            await DropAsync();
        }

        return succeeded;
    }

    public async Task DropAsync()
    {
        _pause.Cancel();
        await _keeping;
        if (DraftId is { } draft)
        {
            await Attempt.RunAsync(() => unsaved.DropAsync(draft, CancellationToken.None), logger);
        }
    }

    public void Close() => _pause.Cancel();

    private async Task<bool> SubmitAllAsync()
    {
        foreach (var (index, language) in Design!.Languages.Index())
        {
            if (_submitted.ContainsKey(language.Language))
            {
                continue;
            }

            var patch = TemplateDesignJson.Patch(Design, language);
            var sent = await Attempt.RunAsync(
                () => Original is { } original
                    ? service.UpdateAsync(original.WhatsAppId, patch, CancellationToken.None)
                    : service.CreateAsync(patch, CancellationToken.None),
                logger);
            if (!sent.Succeeded)
            {
                Selected = index;
                if (sent.Error is ValidationError invalid)
                {
                    _refused[language.Language] = invalid.Fields;
                }
                else
                {
                    Refusal = sent.Error;
                }

                return false;
            }

            _submitted[language.Language] = sent.Value!;
        }

        return true;
    }

    // One write at a time, each to its end: a second would begin another draft while the first one's id is on its way.
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await _keeping;
        cancellationToken.ThrowIfCancellationRequested();
        await (_keeping = WriteAsync());
    }

    private async Task WriteAsync()
    {
        var design = Design;
        var kept = await Attempt.RunAsync(() => unsaved.KeepAsync(DraftId, Original?.Id, Design!, CancellationToken.None), logger);
        if (design != Design)
        {
            return; // another template is shown by now
        }

        (IsKept, DraftId) = (kept.Succeeded, kept.Succeeded ? kept.Value : DraftId);
        Refreshed?.Invoke();
    }

    private async Task LoadSiblingsAsync(CancellationToken cancellationToken)
    {
        if (Original is { } original)
        {
            var found = await Attempt.RunAsync(() => queries.ListAsync(new TemplateQuery
            {
                Filters = [FilterTerm.OfTexts(TemplateFields.Name, FilterOperator.Equal, original.Name)],
                Page = new PageRequest(1, 100),
            }, cancellationToken), logger, cancellationToken);
            Siblings = [.. (found.Value?.Items ?? []).Where(template => template.Id != original.Id && template.BusinessAccountId == original.BusinessAccountId)];
        }
    }

    private static bool IsUnfinished(FieldError reason) =>
        reason.Code.EndsWith("_required", StringComparison.Ordinal) || Unfinished.Contains(reason);

    private static string Shorten(string name) => name.Length > 500 ? name[..500] : name;
}
