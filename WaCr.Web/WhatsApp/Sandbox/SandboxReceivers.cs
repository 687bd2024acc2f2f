using System.Collections.Concurrent;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>How a receiver answers, and the secret for its signature check; omitted settings stay unchanged.</summary>
internal sealed record ReceiverSettings
{
    /// <summary><c>whsec_…</c>; without it no signature is checked.</summary>
    public string? Secret { get; init; }

    public int? Status { get; init; }
    public double? DelaySeconds { get; init; }
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The answer's text.</summary>
    public string? Answer { get; init; }
}

/// <param name="SignatureIsValid">Null if the receiver has no secret.</param>
/// <param name="SignatureProblem">Why it is invalid.</param>
internal sealed record ReceivedWebhook(
    DateTimeOffset At, string? WebhookId, IReadOnlyDictionary<string, string> Headers, string Body, bool? SignatureIsValid,
    string? SignatureProblem, int Answered);

/// <summary>Test receivers for webhooks: they show what arrived and can be told to fail. Created by the first call of their name.</summary>
internal sealed class SandboxReceivers
{
    private const int MaxReceivers = 100;
    private const int MaxKept = 200;

    private readonly ConcurrentDictionary<string, Receiver> _receivers = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _receivers.Keys.Order(StringComparer.Ordinal);

    /// <summary>Null if there are too many.</summary>
    public Receiver? Of(string name) =>
        _receivers.TryGetValue(name, out var known)
            ? known
            : _receivers.Count >= MaxReceivers
            ? null
            : _receivers.GetOrAdd(name, _ => new Receiver());

    public bool Remove(string name) => _receivers.TryRemove(name, out _);

    internal sealed class Receiver
    {
        private readonly Lock _lock = new();
        private readonly LinkedList<ReceivedWebhook> _received = [];

        public string? Secret { get; private set; }

        public int Status { get; private set; } = 200;

        public double DelaySeconds { get; private set; }

        public int? RetryAfterSeconds { get; private set; }

        public string Answer { get; private set; } = "ok";

        /// <summary>Newest first.</summary>
        public IReadOnlyList<ReceivedWebhook> Received
        {
            get
            {
                lock (_lock)
                {
                    return [.. _received];
                }
            }
        }

        public void Set(ReceiverSettings settings)
        {
            if (settings.Status is < 200 or > 599 || settings.DelaySeconds is < 0 or > 60 || settings.RetryAfterSeconds is < 0)
            {
                throw new ArgumentException(
                    "status is 200 to 599, delay_seconds 0 to 60, retry_after_seconds 0 or more.", nameof(settings));
            }

            Secret = settings.Secret ?? Secret;
            Status = settings.Status ?? Status;
            DelaySeconds = settings.DelaySeconds ?? DelaySeconds;
            RetryAfterSeconds = settings.RetryAfterSeconds ?? (settings.Status is null ? RetryAfterSeconds : null);
            Answer = settings.Answer ?? Answer;
        }

        public void Keep(ReceivedWebhook webhook)
        {
            lock (_lock)
            {
                _received.AddFirst(webhook);
                if (_received.Count > MaxKept)
                {
                    _received.RemoveLast();
                }
            }
        }
    }
}
