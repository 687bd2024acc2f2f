using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An event for the product.</summary>
internal sealed record SandboxEvent(SandboxNumber Number, string Field, JsonObject Value)
{
    public override string ToString() => $"{nameof(SandboxEvent)} {Field}";
}

/// <summary>Events waiting to be posted, and a log of posts. Its lock is taken inside the world's, never around it.</summary>
internal sealed class WebhookOutbox : IDisposable
{
    private const int MaxLog = 2_000;
    private const int WorthPacking = 1_024;

    private readonly Lock _gate = new();
    private readonly List<SandboxEvent> _waiting = [];
    private readonly Queue<WebhookDelivery> _again = new();
    private readonly LinkedList<WebhookDelivery> _log = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Random _random = new(1);
    private TaskCompletionSource _idle = new();
    private int _first;
    private int _open;
    private long _count;

    public WebhookOutbox() => _idle.SetResult();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<WebhookDelivery> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    public void Post(IReadOnlyList<SandboxEvent> events)
    {
        lock (_gate)
        {
            foreach (var one in events)
            {
                _waiting.Add(one);
                Opened();
            }
        }
    }

    /// <summary>Posts the same bytes again.</summary>
    public bool Again(string id)
    {
        lock (_gate)
        {
            if (_log.FirstOrDefault(delivery => delivery.Id == id) is not { } delivery)
            {
                return false;
            }

            _again.Enqueue(delivery);
            Opened();
            return true;
        }
    }

    /// <summary>Completes when nothing is waiting or in flight; later retries do not count.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
        {
            return _idle.Task;
        }
    }

    /// <summary>
    /// Waits for the next work: a delivery to repeat, or events of one number for one post. Neither if they went with others.
    /// </summary>
    public async Task<(
        WebhookDelivery? Again, IReadOnlyList<SandboxEvent> Events)> TakeAsync(SandboxWorld world, CancellationToken cancellationToken)
    {
        await _work.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_again.TryDequeue(out var again))
            {
                return (again, []);
            }

            var batch = new List<SandboxEvent>();
            var number = _first < _waiting.Count ? _waiting[_first].Number.PhoneNumberId : "";
            var behaviour = world.BehaviourOf(number);
            while (_first < _waiting.Count && batch.Count < Math.Max(1, behaviour.BatchSize) && _waiting[_first]
                .Number.PhoneNumberId == number)
            {
                // Events of different numbers keep their order.
                var other = behaviour.Shuffle ? _random.Next(_first, _waiting.Count) : _first;
                if (_waiting[other].Number.PhoneNumberId == number)
                {
                    (_waiting[_first], _waiting[other]) = (_waiting[other], _waiting[_first]);
                }

                batch.Add(_waiting[_first++]);
            }

            if (_first >= WorthPacking && _first * 2 >= _waiting.Count)
            {
                _waiting.RemoveRange(0, _first);
                _first = 0;
            }

            return (null, batch);
        }
    }

    public WebhookDelivery Record(SandboxNumber number, Uri address, DateTimeOffset at, byte[] body)
    {
        var signature = WebhookSignature.Of(body, number.AppSecret);
        lock (_gate)
        {
            var delivery = new WebhookDelivery(
                (++_count).ToString(CultureInfo.InvariantCulture), number.PhoneNumberId, address, at, body, signature);
            _log.AddFirst(delivery);
            if (_log.Count > MaxLog)
            {
                _log.RemoveLast();
            }

            return delivery;
        }
    }

    /// <summary>Reports that this many items were posted, successfully or not.</summary>
    public void Posted(int count)
    {
        lock (_gate)
        {
            Closed(count);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            var dropped = _waiting.Count - _first + _again.Count;
            _waiting.Clear();
            _first = 0;
            _again.Clear();
            _log.Clear();
            Closed(dropped);
        }
    }

    public void Dispose() => _work.Dispose();

    private void Opened()
    {
        if (_open++ == 0)
        {
            _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _work.Release();
    }

    private void Closed(int count)
    {
        _open -= count;
        if (_open == 0)
        {
            _idle.TrySetResult();
        }
    }
}
