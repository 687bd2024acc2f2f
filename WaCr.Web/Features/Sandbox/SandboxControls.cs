using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;
using WebhookDelivery = WaCr.Web.WhatsApp.Sandbox.WebhookDelivery;

namespace WaCr.Web.Features.Sandbox;

/// <summary>Injects faults for one number of the workspace; other numbers and workspaces are not affected.</summary>
internal sealed class SandboxControls(SandboxAccess access)
{
    private const string Sends = "send";
    private const int ShownDeliveries = 25;
    private const int MaxTimes = 1000;
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<Result<SandboxControlPanel>> ReadAsync(string phoneNumberId, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        var (console, behaviour) = (entered.Value, entered.Value.BehaviourOf(phoneNumberId));
        return new SandboxControlPanel(
            new SandboxControlSettings(
                behaviour.DeliveredAfter.TotalSeconds, behaviour.ReadAfter.TotalSeconds, behaviour.ReadsByItself, behaviour.Duplicates,
                behaviour.ReverseStatuses, behaviour.Shuffle),
            console.FindNumber(phoneNumberId)!.TokenState != SandboxTokenState.Valid,
            [.. console.Rules().Where(rule => rule.PhoneNumberId == phoneNumberId && !rule.IsUsedUp).Select(Describe)],
            [
                .. console.Deliveries.Where(delivery => delivery.PhoneNumberId == phoneNumberId)
                    .Take(ShownDeliveries)
                    .Select(delivery => Describe(delivery, console))
            ]);
    }

    public Task<Result<Done>> SetAsync(string phoneNumberId, SandboxControlSettings settings, CancellationToken cancellationToken) =>
        OnConsoleAsync(
        phoneNumberId,
        console =>
        {
            console.Behave(
                new JsonObject
                {
                    ["delivered_after"] = Seconds(settings.DeliveredAfter),
                    ["read_after"] = Seconds(Math.Max(settings.DeliveredAfter, settings.ReadAfter)),
                    ["reads_by_itself"] = settings.ReadsByItself,
                    ["duplicates"] = Math.Clamp(settings.Duplicates, 0, SandboxControlSettings.MaxDuplicates),
                    ["reverse_statuses"] = settings.IsReversed,
                    ["shuffle"] = settings.IsShuffled,
                },
                phoneNumberId);
            return default(Done);
        },
        cancellationToken);

    /// <param name="times">Number of messages affected; 0 for all.</param>
    public Task<Result<Done>> BreakAsync(string phoneNumberId, SandboxControlFault fault, int times, CancellationToken cancellationToken) =>
        OnConsoleAsync(
        phoneNumberId,
        console =>
        {
            var added = console.AddRule(
                RuleOf(fault) with { Operation = Sends, PhoneNumberId = phoneNumberId, Next = Math.Clamp(times, 0, MaxTimes) });
            return added.Succeeded ? default(Done) : added.Error;
        },
        cancellationToken);

    public Task<Result<Done>> RepairAsync(string phoneNumberId, string faultId, CancellationToken cancellationToken) => OnConsoleAsync(
        phoneNumberId,
        console =>
        {
            if (console.Rules().Any(rule => rule.Id == faultId && rule.PhoneNumberId == phoneNumberId))
            {
                console.RemoveRules(faultId);
            }

            return default(Done);
        },
        cancellationToken);

    /// <summary>Makes WhatsApp refuse the number's access token, or accept it again.</summary>
    public Task<Result<Done>> RefuseTokenAsync(string phoneNumberId, bool refused, CancellationToken cancellationToken) => OnConsoleAsync(
        phoneNumberId,
        console =>
        {
            console.SetToken(phoneNumberId, refused ? SandboxTokenState.Expired : SandboxTokenState.Valid);
            return default(Done);
        },
        cancellationToken);

    public Task<Result<Done>> RedeliverAsync(string phoneNumberId, string deliveryId, CancellationToken cancellationToken) =>
        OnConsoleAsync(
        phoneNumberId,
        console =>
            console.Deliveries.Any(delivery => delivery.Id == deliveryId && delivery.PhoneNumberId == phoneNumberId)
                && console.Redeliver(deliveryId)
            ? default(Done)
            : SandboxErrors.NotFound,
        cancellationToken);

    private async Task<Result<Done>> OnConsoleAsync(
        string phoneNumberId, Func<SandboxConsole, Result<Done>> act, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return entered.Succeeded ? act(entered.Value) : entered.Error;
    }

    private static FaultRule RuleOf(SandboxControlFault fault) => fault switch
    {
        SandboxControlFault.TooMany => new FaultRule { Code = 130429, RetryAfterSeconds = 2 },
        SandboxControlFault.Unavailable => new FaultRule { Code = 131016 },
        SandboxControlFault.NoAnswer => new FaultRule { Fault = Fault.Silence, CarriedOut = true },
        SandboxControlFault.ErrorPage => new FaultRule { Fault = Fault.Html, Status = 502, CarriedOut = true },
        SandboxControlFault.Slow => new FaultRule { Fault = Fault.Slow },
        _ => new FaultRule { Code = 131042 },
    };

    private static InjectedFault Describe(FaultRule rule)
    {
        var known = Enum.GetValues<SandboxControlFault>()
            .Where(fault => RuleOf(fault) is var like && like.Code == rule.Code && like.Fault == rule.Fault)
            .Select(fault => (SandboxControlFault?)fault);
        return new InjectedFault(
            rule.Id, known.FirstOrDefault(), rule.Code, rule.Next, rule.Next == 0 ? null : rule.Next - rule.Hits, rule.Hits);
    }

    private static DeliveryItem Describe(WebhookDelivery delivery, SandboxConsole console)
    {
        var body = JsonNode.Parse(delivery.Body);
        var changes = body.Items("entry").SelectMany(entry => entry.Items("changes")).ToList();
        return new DeliveryItem(
            delivery.Id, delivery.At - console.Ahead,
            [
                .. changes.SelectMany(SummaryOf)
            ], delivery.Answers, delivery.IsDelivered, body?.ToJsonString(Indented)
                ?? "");
    }

    private static IEnumerable<string> SummaryOf(JsonObject change)
    {
        var value = change["value"];
        var statuses = value.Items("statuses").Select(status => $"status: {status["status"].Text()}");
        var messages = value.Items("messages").Select(message => $"message: {message["type"].Text()}");
        var all = statuses.Concat(messages).ToList();
        return all.Count > 0 ? all : [change["field"].Text() ?? ""];
    }

    private static string Seconds(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(double.IsFinite(seconds) ? seconds : 0, 0, SandboxControlSettings.Longest)).ToString("c");
}
