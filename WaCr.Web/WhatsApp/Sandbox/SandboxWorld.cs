using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// The sandbox's state and clock. All access is serialised in <see cref="Do{T}"/>, so that the same calls in the same order always give the
/// same ids, answers and events.
/// </summary>
internal sealed partial class SandboxWorld : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Timeline _timeline;
    private readonly SandboxOptions _options;
    private readonly ILogger _logger;
    private ImmutableList<SandboxNumber> _numbers = []; // also read by posts, outside the lock
    private readonly List<SandboxEvent> _told = [];
    private ImmutableDictionary<string, SandboxBehaviour> _ownBehaviours = ImmutableDictionary<string, SandboxBehaviour>.Empty; // likewise
    private ImmutableList<Action> _watchers = [];
    private bool _hasMoved;
    private long _firstId;
    private Uri? _ownWebhook;

    public SandboxWorld(TimeProvider time, IOptions<SandboxOptions> options, ILogger<SandboxWorld> logger)
    {
        _logger = logger;
        _options = options.Value;
        Clock = new SandboxClock(time);
        Ids = new SandboxIds(_options.Seed);
        People = new SandboxPeople(Ids);
        Files = new SandboxFiles(Ids);
        _timeline = new Timeline(Clock, () => Do(() => true));
        Fill();
    }

    public SandboxClock Clock { get; }

    public SandboxIds Ids { get; }

    public SandboxPeople People { get; }

    public SandboxChats Chats { get; } = new();

    public SandboxTemplates Templates { get; } = new();

    public SandboxFiles Files { get; }

    public RateCounters Rates { get; private set; } = new();

    public List<FaultRule> Rules { get; } = [];

    public SandboxBehaviour Behaviour { get; set; } = new();

    /// <summary>The number's own behaviour, or the general one.</summary>
    public SandboxBehaviour BehaviourOf(string phoneNumberId) => _ownBehaviours.GetValueOrDefault(phoneNumberId) ?? Behaviour;

    public WebhookOutbox Outbox { get; } = new();

    public IReadOnlyList<SandboxNumber> Numbers => _numbers;

    /// <summary>Where events of numbers without their own URL are posted; null until the server listens.</summary>
    public Uri? OwnWebhook => _ownWebhook;

    public T Do<T>(Func<T> work)
    {
        T done;
        bool hasMoved;
        lock (_gate)
        {
            done = work();
            do
            {
                while (_timeline.TakeDue() is { } due)
                {
                    Attempt(due);
                }
            }
            while (!_timeline.SetTimer());

            // Last, so that everything that follows from a change is queued when watchers are called.
            hasMoved = _hasMoved || _told.Count > 0;
            _hasMoved = false;
            Outbox.Post(_told);
            _told.Clear();
        }

        if (hasMoved)
        {
            _watchers.ForEach(watcher => watcher());
        }

        return done;
    }

    /// <summary>Tells the number's app, if it wants that field.</summary>
    public void Notify(SandboxNumber number, string field, JsonObject value)
    {
        if (number.IsSubscribed && number.WantsField(field))
        {
            _told.Add(new(number, field, value));
        }
    }

    /// <summary>A change that watchers see although the product gets no event.</summary>
    public void Show() => _hasMoved = true;

    /// <summary>Calls back after each change, on any thread, until the result is disposed of.</summary>
    public IDisposable Watch(Action callback)
    {
        ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Add(callback));
        return new Watcher(() => ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Remove(callback)));
    }

    public void Later(PendingEvent later) => _timeline.Add(later);

    public SandboxNumber? FindNumber(string phoneNumberId) => _numbers.Find(number => number.PhoneNumberId == phoneNumberId);

    public void PutBehaviour(string phoneNumberId, SandboxBehaviour behaviour) =>
        _ownBehaviours = _ownBehaviours.SetItem(phoneNumberId, behaviour);

    public void PutNumber(SandboxNumber number)
    {
        var heard = number.WebhookUrl is null ? number with { WebhookUrl = _ownWebhook } : number;
        var index = _numbers.FindIndex(known => known.PhoneNumberId == number.PhoneNumberId);
        _numbers = index < 0 ? _numbers.Add(heard) : _numbers.SetItem(index, heard);
        if (Templates.Of(number.BusinessAccountId).Count == 0)
        {
            ShippedTemplates.AddTo(this, number.BusinessAccountId);
        }
    }

    /// <summary>Sets where events of numbers without their own URL are posted: the product that the sandbox runs in.</summary>
    public void SetOwnWebhook(Uri address)
    {
        _ownWebhook = address;
        foreach (var number in _numbers.Where(number => number.WebhookUrl is null))
        {
            PutNumber(number);
        }
    }

    /// <summary>No id below this is given out any more, not even after a reset: the product's database has those of earlier runs.</summary>
    public void GoOnFrom(long count) => Ids.Count = _firstId = Math.Max(Ids.Count, count);

    /// <summary>Resets to the state after a start.</summary>
    public void Reset()
    {
        Clear();
        Clock.Ahead = TimeSpan.Zero;
        Fill();
    }

    public SandboxState Export() => new()
    {
        IdCount = Ids.Count,
        ClockAhead = Clock.Ahead,
        Behaviour = Behaviour,
        NumberBehaviours = new(_ownBehaviours, StringComparer.Ordinal),
        Numbers = [.. Numbers],
        Customers = [.. People.All],
        Templates = [.. Templates.All],
        Media = [.. Files.All],
        Rules = [.. Rules],
        Messages = [.. Chats.All],
        // A retry's delivery is not in the state, so the retry is left out too.
        Pending = [.. _timeline.Waiting.Where(later => later is not RetryDue)],
    };

    public void Import(SandboxState state)
    {
        Clear();
        Ids.Count = state.IdCount;
        Clock.Ahead = state.ClockAhead;
        Behaviour = state.Behaviour;
        _ownBehaviours = _ownBehaviours.AddRange(state.NumberBehaviours);
        state.Customers.ForEach(People.Put);
        state.Templates.ForEach(Templates.Add);
        state.Media.ForEach(Files.Put);
        state.Numbers.ForEach(PutNumber);
        state.Messages.ForEach(Chats.Add);
        state.Pending.ForEach(Later);
        Rules.AddRange(state.Rules);
    }

    public void Dispose()
    {
        _timeline.Dispose();
        Outbox.Dispose();
    }

    private void Clear()
    {
        _timeline.Clear();
        _numbers = [];
        _ownBehaviours = _ownBehaviours.Clear();
        Show();
        People.Clear();
        Chats.Clear();
        Templates.Clear();
        Files.Clear();
        Rules.Clear();
        Rates = new();
        Outbox.Clear();
    }

    private void Fill()
    {
        Ids.Count = _firstId == 0 ? 0 : Ids.Count;
        Behaviour = _options.Behaviour;
        foreach (var number in _options.Numbers is { Count: > 0 } own ? own : (IEnumerable<SandboxNumber>)SandboxNumber.Shipped)
        {
            PutNumber(number);
        }
    }

    // Runs on a timer's thread, where an exception would end the process.
    private void Attempt(PendingEvent due)
    {
        try
        {
            Happen(due);
        }
        catch (Exception failure)
        {
            Log.EventFailed(_logger, failure, due.GetType().Name);
        }
    }

    private void Happen(PendingEvent due)
    {
        switch (due)
        {
            case StatusDue status:
                StatusLadder.Climb(this, status);
                break;
            case ReviewDue review when Templates.Find(review.TemplateId) is { Status: "PENDING" } template:
                TemplateReview.Decide(this, template);
                break;
            case RetryDue retry:
                Outbox.Again(retry.DeliveryId);
                break;
        }
    }

    private sealed class Watcher(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "A sandbox event ({Kind}) failed and is skipped.")]
        public static partial void EventFailed(ILogger logger, Exception failure, string kind);
    }
}
