using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>
/// One contact being edited, on its page or in the drawer: input is validated and saved as a draft when typing pauses, only changes are
/// saved, and other users' changes are merged in.
/// </summary>
public sealed partial class ContactEditing(
    ContactQueries queries, ContactService service, UnsavedEdits unsaved, ContactChoicesLoader choicesLoader,
    LookupService<Group> groups, ContactHistory history, TenantContext tenant, TimeProvider time, ILogger<ContactEditing> logger)
{
    // Two users who save alternately would otherwise never finish.
    private const int MaxRebases = 5;

    private readonly TypingPause _pause = new(time);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Called when the page must re-render.</summary>
    public Action? Refreshed { get; set; }

    /// <summary>As saved; null until loaded or created.</summary>
    public ContactDetails? Contact { get; private set; }

    public ContactChoices? Choices { get; private set; }

    public ContactFormModel? Model { get; private set; }

    /// <summary>Why it could not be loaded.</summary>
    public AppError? Failure { get; private set; }

    /// <summary>Why it could not be saved, if no field is at fault.</summary>
    public AppError? Refusal { get; private set; }

    public FieldErrors Errors { get; private set; } = [];

    public bool IsSaving { get; private set; }

    /// <summary>When the restored draft was typed; null for live input.</summary>
    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>Whether the input would survive a reload: null while typing, false if the draft could not be saved.</summary>
    public bool? IsKept { get; private set; }

    public bool MayWrite => tenant.Actor.May(Permissions.ContactsWrite);

    public bool MayCreateGroups => tenant.Actor.May(Permissions.GroupsWrite);

    public bool IsNew => Contact is null;

    public bool HasChanges => Model?.HasChanges ?? false;

    public bool CanSave => !IsSaving && Model is { Conflicts.Count: 0 } && (IsNew || HasChanges);

    /// <param name="id">Null for a new contact.</param>
    public async Task LoadAsync(long? id, CancellationToken cancellationToken)
    {
        Close();
        (Contact, Model, Failure) = (null, null, null);
        if (id is null && !MayWrite)
        {
            Failure = new ForbiddenError(Permissions.ContactsWrite);
            return;
        }

        var choices = await Attempt.RunAsync(() => choicesLoader.LoadAsync(cancellationToken), logger, cancellationToken);
        var found = id is { } known
            ? await Attempt.RunAsync(() => queries.GetAsync(known, ContactIncludes.None, cancellationToken), logger, cancellationToken)
            : null;
        Failure = choices.Error ?? found?.Error;
        if (Failure is null)
        {
            Show(found?.Value, choices.Value!);
        }
    }

    /// <summary>Shows a loaded contact; null for a new one.</summary>
    public void Show(ContactDetails? contact, ContactChoices choices)
    {
        (Choices, Failure) = (choices, null);
        Start(contact);
    }

    /// <summary>Restores this user's draft.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (!MayWrite || Model is not { } model)
        {
            return;
        }

        var kept = await Attempt.RunAsync(() => unsaved.FindAsync(Contact?.Id, cancellationToken), logger, cancellationToken);
        if (kept.Value is not { } draft || model != Model)
        {
            return;
        }

        model.Restore(draft.Unsaved);
        await FindCollisionsAsync();
        if (model.HasChanges)
        {
            RestoredFrom = draft.KeptAt;
            await SettleAsync(CancellationToken.None);
        }
        else
        {
            await DropAsync(); // somebody saved the same values
        }
    }

    /// <summary>Enters what another page gave. It is no draft yet: one that was kept earlier stays until something is typed.</summary>
    public async Task PrefillAsync(IReadOnlyList<(string Field, string Value)> given, CancellationToken cancellationToken)
    {
        foreach (var (field, value) in given)
        {
            Model![field] = value;
        }

        await CheckAsync(cancellationToken);
    }

    public Task SetAsync(string field, string value)
    {
        Model![field] = value;
        return TypedAsync(field);
    }

    public Task SetGroupAsync(long id, bool member)
    {
        Model!.SetGroup(id, member);
        return TypedAsync(ContactFieldNames.Groups);
    }

    /// <summary>Creates a group, which the contact joins when saved.</summary>
    public async Task CreateGroupAsync(string name)
    {
        var created = await Attempt.RunAsync(() => groups.CreateAsync(new LookupPatch { Name = name }, CancellationToken.None), logger);
        if (!created.Succeeded)
        {
            if (created.Error is ValidationError validation)
            {
                Show(Errors.Without([ContactFieldNames.Groups]).Add(ContactFieldNames.Groups, validation.Fields.First().Value[0]));
                return;
            }

            Refusal = created.Error;
            Refreshed?.Invoke();
            return;
        }

        Choices = Choices!.WithGroup(created.Value.Id, created.Value.Name);
        await SetGroupAsync(created.Value.Id, member: true);
    }

    public Task ChooseAsync(string field, string value)
    {
        Model!.Choose(field, value);
        return TypedAsync(field);
    }

    public async Task DiscardAsync()
    {
        _pause.Cancel();
        await DropAsync();
        Start(Contact);
        Refreshed?.Invoke();
    }

    /// <summary>The saved contact; null if it was not saved, with the errors set.</summary>
    public async Task<ContactDetails?> SaveAsync()
    {
        if (!CanSave)
        {
            return null;
        }

        _pause.Cancel();
        IsSaving = true;
        Refreshed?.Invoke();
        try
        {
            return await (Contact is { } known ? UpdateAsync(known.Id, Model!) : CreateAsync(Model!));
        }
        finally
        {
            IsSaving = false;
            if (HasChanges && IsKept is null)
            {
                await SettleAsync(CancellationToken.None); // typed meanwhile, or just before
            }

            Refreshed?.Invoke();
        }
    }

    /// <summary>Called when the page closes. The last input is saved as a draft.</summary>
    public void Close() => _pause.Cancel();

    private async Task<ContactDetails?> CreateAsync(ContactFormModel model)
    {
        var sent = model.Copy();
        var created = await Attempt.RunAsync(() => service.CreateAsync(ToSave(model), CancellationToken.None), logger);
        if (!created.Succeeded)
        {
            await RefuseAsync(created.Error);
            return null;
        }

        LastSave = null;
        return Accept(model, sent, created.Value);
    }

    private async Task<ContactDetails?> UpdateAsync(long id, ContactFormModel model)
    {
        for (var attempt = 0; attempt < MaxRebases && model == Model && model.Conflicts.Count == 0; attempt++)
        {
            // Of this attempt: the one before may have taken in what somebody else saved, which Undo must leave.
            var (sent, before) = (model.Copy(), model.ToUndo());
            var updated = await Attempt.RunAsync(
                () => service.UpdateAsync(id, ToSave(model), model.Version, CancellationToken.None), logger);
            if (updated.Succeeded)
            {
                LastSave = new UndoableSave(id, before, updated.Value.Version);
                return Accept(model, sent, updated.Value);
            }

            if (updated.Error is not StaleVersionError || !await TakeOverAsync(id))
            {
                await RefuseAsync(updated.Error);
                break;
            }
        }

        return null;
    }

    private void Start(ContactDetails? contact)
    {
        _pause.Cancel();
        _touched.Clear();
        (Contact, Model) = (contact, contact is null ? ContactFormModel.ForNew(Choices!.FirstValues()) : ContactFormModel.From(contact));
        (Errors, Refusal, RestoredFrom, IsKept) = ([], null, null, null);
    }

    // An error refers to what was sent; once the field changes it is hidden until typing pauses. A save ends the draft, so that one of what
    // is typed meanwhile is kept only after it.
    private Task TypedAsync(string field)
    {
        _touched.Add(field);
        IsKept = null;
        Show(Errors.Without([field]));
        return IsSaving ? Task.CompletedTask : _pause.ThenAsync(SettleAsync);
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var model = Model!;
        await CheckAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var kept = model.HasChanges
            ? await Attempt.RunAsync(() => unsaved.KeepAsync(Contact?.Id, model.ToUnsaved(), cancellationToken), logger, cancellationToken)
            : await Attempt.RunAsync(() => unsaved.DropAsync(Contact?.Id, cancellationToken), logger, cancellationToken);
        IsKept = kept.Succeeded;
        Refreshed?.Invoke();
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var model = Model!;
        _touched.UnionWith(model.Changes);
        var found = await Attempt.RunAsync(
            () => service.CheckAsync(Contact?.Id, model.ToPatch(), cancellationToken), logger, cancellationToken);
        if (found.Succeeded)
        {
            await FindHoldersAsync(found.Value, cancellationToken);
            Show(Errors.Without(_touched).AddAll(found.Value.Only(_touched)));
        }
    }

    private static ContactPatch ToSave(ContactFormModel model) => model.ToPatch() with { EndsUnsavedEdit = true };

    private Task<Result<Done>> DropAsync() => Attempt.RunAsync(() => unsaved.DropAsync(Contact?.Id, CancellationToken.None), logger);

    private void Show(FieldErrors errors)
    {
        Errors = errors;
        Refreshed?.Invoke();
    }
}
