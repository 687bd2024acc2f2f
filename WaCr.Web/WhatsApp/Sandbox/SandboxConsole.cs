using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The operations of the control API: time, faults, numbers, templates and the whole state.</summary>
internal sealed class SandboxConsole(SandboxWorld world)
{
    private const int MaxTemplates = 20_000;

    public JsonObject Overview() => world.Do(() => new JsonObject
    {
        ["now"] = world.Clock.Now.ToString("O", CultureInfo.InvariantCulture),
        ["numbers"] = new JsonArray([.. world.Numbers.Select(number => new JsonObject
        {
            ["phone_number_id"] = number.PhoneNumberId,
            ["business_account_id"] = number.BusinessAccountId,
            ["phone"] = number.Phone,
            ["verified_name"] = number.VerifiedName,
            ["webhook_url"] = number.WebhookUrl?.AbsoluteUri,
            ["token_state"] = JsonNames.Of(number.TokenState),
            ["templates"] = world.Templates.Of(number.BusinessAccountId).Count,
        })]),
        ["customers"] = world.People.All.Count,
        ["messages"] = world.Chats.All.Count(),
        ["files"] = world.Files.All.Count,
        ["rules"] = world.Rules.Count,
    });

    public SandboxState Export() => world.Do(world.Export);

    /// <summary>All or nothing: an inconsistent state leaves the sandbox unchanged.</summary>
    public Result<Done> Import(SandboxState state) => world.Do<Result<Done>>(() =>
    {
        if (SandboxChecks.Of(state) is { } problem)
        {
            return new SandboxProblem(problem);
        }

        var before = world.Export();
        try
        {
            world.Import(state);
            return default(Done);
        }
        catch (ArgumentException twice)
        {
            world.Import(before);
            return new SandboxProblem($"The state does not hold together: {twice.Message}");
        }
    });

    public void Reset() => world.Do(() =>
    {
        world.Reset();
        return world;
    });

    public SandboxBehaviour Behaviour => world.Behaviour;

    public SandboxBehaviour BehaviourOf(string phoneNumberId) => world.BehaviourOf(phoneNumberId);

    /// <summary>Changes only what <paramref name="change"/> holds; throws <see cref="JsonException"/> if it is invalid.</summary>
    /// <param name="phoneNumberId">
    /// The number to change, independent of the others from now on; null for all numbers without their own behaviour.
    /// </param>
    public SandboxBehaviour Behave(JsonObject change, string? phoneNumberId = null) => world.Do(() =>
    {
        var all = JsonSerializer.SerializeToNode(
            phoneNumberId is null ? world.Behaviour : world.BehaviourOf(phoneNumberId), JsonNames.Json)!.AsObject();
        foreach (var (name, value) in change)
        {
            all[name] = value?.DeepClone();
        }

        var behaviour = all.Deserialize<SandboxBehaviour>(JsonNames.Json)!;
        if (SandboxChecks.Of(behaviour) is { } problem)
        {
            throw new JsonException(problem);
        }

        if (phoneNumberId is null)
        {
            world.Behaviour = behaviour;
        }
        else
        {
            world.PutBehaviour(phoneNumberId, behaviour);
        }

        world.Show();
        return behaviour;
    });

    /// <summary>Calls back after each change, on any thread, until the result is disposed of.</summary>
    public IDisposable Watch(Action callback) => world.Watch(callback);

    /// <summary>The clock's offset from the server's time.</summary>
    public TimeSpan Ahead => world.Clock.Ahead;

    /// <summary>Reads a consistent state.</summary>
    public T Read<T>(Func<SandboxWorld, T> read) => world.Do(() => read(world));

    /// <summary>Moves the clock forward and runs what is due by then.</summary>
    public Result<DateTimeOffset> Advance(TimeSpan by) => world.Do<Result<DateTimeOffset>>(() =>
    {
        if (by.Duration() > SandboxChecks.MaxShift || (world.Clock.Ahead + by).Duration() > SandboxChecks.MaxShift)
        {
            return new SandboxProblem(
                string.Create(
                    CultureInfo.InvariantCulture, $"The clock goes at most {SandboxChecks.MaxShift.Days} days from the real time."));
        }

        world.Clock.Ahead += by;
        return world.Clock.Now;
    });

    public IReadOnlyList<FaultRule> Rules() => world.Do(() => world.Rules.ToList());

    public Result<FaultRule> AddRule(FaultRule rule) => world.Do<Result<FaultRule>>(() =>
    {
        if (rule.Problem is { } problem)
        {
            return new SandboxProblem(problem);
        }

        world.Rules.RemoveAll(used => used.IsUsedUp);
        var added = rule with { Id = world.Ids.Number("rule"), Seen = 0, Hits = 0 };
        world.Rules.Add(added);
        world.Show();
        return added;
    });

    /// <summary>Removes all rules if <paramref name="id"/> is null.</summary>
    public int RemoveRules(string? id) => world.Do(() => world.Rules.RemoveAll(rule => id is null || rule.Id == id));

    /// <summary>Records a person who wrote before the sandbox started.</summary>
    public void Recall(string phoneNumberId, string phone, string name, DateTimeOffset lastWroteAt, string? username) => world.Do(() =>
    {
        var person = world.People.FindOrAdd(phone);
        (person.Name, person.Username) = (name, username);
        person.LastWroteAt[phoneNumberId] = lastWroteAt;
        return person;
    });

    /// <summary>Ids continue from here, so that none of an earlier run is repeated.</summary>
    public void GoOnFrom(long count) => world.Do(() =>
    {
        world.GoOnFrom(count);
        return count;
    });

    public Result<SandboxNumber> PutNumber(SandboxNumber number) => world.Do<Result<SandboxNumber>>(() =>
    {
        if (SandboxChecks.Of(number) is { } problem)
        {
            return new SandboxProblem(problem);
        }

        world.PutNumber(number);
        return number;
    });

    public SandboxNumber? FindNumber(string phoneNumberId) => world.FindNumber(phoneNumberId);

    public Result<Done> SetToken(string phoneNumberId, SandboxTokenState state) =>
        Change(phoneNumberId, number => number with { TokenState = state });

    /// <summary>Changes what WhatsApp holds about a number, without an event.</summary>
    public Result<Done> Change(string phoneNumberId, Func<SandboxNumber, SandboxNumber> change) => OnNumber(phoneNumberId, number =>
    {
        world.PutNumber(change(number));
        world.Show();
    });

    public Result<Done> Raise(string phoneNumberId, SandboxAccountEvent happened) =>
        OnNumber(phoneNumberId, number => AccountEvents.Raise(world, number, happened));

    /// <summary>Edits a template's text at Meta, as if in WhatsApp Manager.</summary>
    public Result<Done> ReviseTemplate(string id) => world.Do<Result<Done>>(() =>
    {
        if (world.Templates.Find(id) is not { } template)
        {
            return new SandboxProblem("There is no template with this id.");
        }

        TemplateReview.Revise(world, template);
        return default(Done);
    });

    public IReadOnlyList<SandboxMessage> Messages(string? customer, int limit) => world.Do(() =>
    {
        var waId = customer is not null && WaIds.Digits(customer) is { } digits ? WaIds.Of(digits) : customer;
        return world.Chats.All.Where(message => waId is null || message.Customer == waId)
            .OrderBy(message => message.At)
            .TakeLast(limit)
            .ToList();
    });

    public IReadOnlyList<WebhookDelivery> Deliveries => world.Outbox.Log;

    public bool Redeliver(string id) => world.Outbox.Again(id);

    public Result<Done> DecideTemplate(string id, string status, string? reason) => world.Do<Result<Done>>(() =>
    {
        if (world.Templates.Find(id) is not { } template)
        {
            return new SandboxProblem("There is no template with this id.");
        }

        TemplateReview.Decide(
            world,
            template,
            status.ToUpperInvariant(),
            reason ?? (status.Equals("rejected", StringComparison.OrdinalIgnoreCase) ? "INVALID_FORMAT" : "NONE"));
        return default(Done);
    });

    /// <param name="quality">GREEN, YELLOW, RED or UNKNOWN.</param>
    public Result<Done> RateTemplate(string id, string quality) => world.Do<Result<Done>>(() =>
    {
        var word = quality.ToUpperInvariant();
        if (world.Templates.Find(id) is not { } template || word is not ("GREEN" or "YELLOW" or "RED" or "UNKNOWN"))
        {
            return new SandboxProblem("There is no template with this id, or quality is none of GREEN, YELLOW, RED and UNKNOWN.");
        }

        var before = template.Quality;
        template.Quality = word;
        foreach (var number in world.Numbers.Where(number => number.BusinessAccountId == template.BusinessAccountId)
            .DistinctBy(number => number.WebhookUrl))
        {
            world.Notify(number, "message_template_quality_update", WebhookBodies.TemplateQuality(template, before));
        }

        return default(Done);
    });

    public Result<int> FillTemplates(string businessAccountId, int count) => world.Do<Result<int>>(() =>
    {
        if (count is < 1 or > MaxTemplates || world.Numbers.All(number => number.BusinessAccountId != businessAccountId))
        {
            return new SandboxProblem(
                string.Create(CultureInfo.InvariantCulture, $"business_account_id must be known, and count between 1 and {MaxTemplates}."));
        }

        ShippedTemplates.Fill(world, businessAccountId, count);
        return world.Templates.Of(businessAccountId).Count;
    });

    private Result<Done> OnNumber(string phoneNumberId, Action<SandboxNumber> work) => world.OnNumber<Done>(phoneNumberId, number =>
    {
        work(number);
        return default(Done);
    });
}
