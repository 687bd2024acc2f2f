using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The sandbox's settings, clock, faults, deliveries, numbers, receivers and templates, by the control API.</summary>
internal sealed class ConsoleControls(SandboxConsole console, WebhookPosts posts, SandboxReceivers receivers)
{
    public async Task<object?> AnswerAsync(ControlRequest request)
    {
        switch (request.Method, request.Path)
        {
            case ("GET", []):
                return console.Overview();
            case ("GET", ["export"]):
                return console.Export();
            case ("POST", ["import"]):
                return console.Import(await request.ReadAsync<SandboxState>(SandboxBody.MaxStateDepth)) is { Succeeded: false } unfit
                    ? throw new JsonException(unfit.Error.Message)
                    : console.Overview();
            case ("POST", ["reset"]):
                console.Reset();
                return console.Overview();
            case ("GET", ["behaviour"]):
                return console.Behaviour;
            case ("PATCH", ["behaviour"]):
                return console.Behave(await request.ReadAsync<JsonObject>());
            case ("GET", ["numbers", var number, "behaviour"]):
                return console.BehaviourOf(number);
            case ("PATCH", ["numbers", var number, "behaviour"]):
                return console.FindNumber(number) is null ? null : console.Behave(await request.ReadAsync<JsonObject>(), number);
            case ("POST", ["clock"]):
                var advanced = console.Advance(ControlRequest.Shift((await request.ReadAsync<ControlBodies.Clock>()).AdvanceSeconds));
                return advanced.Succeeded ? new { now = advanced.Value } : throw new JsonException(advanced.Error.Message);
            case ("GET", ["rules"]):
                return console.Rules();
            case ("POST", ["rules"]):
                return ControlRequest.Answer(console.AddRule(await request.ReadAsync<FaultRule>()));
            case ("DELETE", ["rules"]):
                return new { removed = console.RemoveRules(null) };
            case ("DELETE", ["rules", var rule]):
                return new { removed = console.RemoveRules(rule) };
            case ("GET", ["messages"]):
                return console.Messages(null, request.Limit);
            case ("GET", ["deliveries"]):
                return console.Deliveries.Take(request.Limit).Select(Describe);
            case ("GET", ["deliveries", var delivery]):
                return console.Deliveries.FirstOrDefault(known => known.Id == delivery) is { } found ? Describe(found) : null;
            case ("POST", ["deliveries", var delivery, "redeliver"]):
                return console.Redeliver(delivery) ? ControlRequest.Nothing : null;
            case ("POST", ["numbers"]):
                return console.PutNumber(await request.ReadAsync<SandboxNumber>()) is { Succeeded: false } wrong
                    ? throw new JsonException(wrong.Error.Message)
                    : console.Overview();
            case ("POST", ["numbers", var number, "handshake"]):
                return console.FindNumber(number) is { WebhookUrl: { } address } known
                    ? await posts.ShakeHandsAsync(address, known.VerifyToken, request.Aborted) is { } problem
                        ? new SandboxProblem(problem)
                        : ControlRequest.Nothing
                    : null;
            case ("POST", ["numbers", var number, "token"]):
                return console.SetToken(number, (await request.ReadAsync<ControlBodies.Token>()).State) is { Succeeded: false } refused
                    ? refused.Error
                    : ControlRequest.Nothing;
            case ("POST", ["numbers", var number, "state"]):
                var state = await request.ReadAsync<ControlBodies.NumberState>();
                return ControlRequest.Answer(console.Change(number, state.ApplyTo));
            case ("POST", ["numbers", var number, "events"]):
                return ControlRequest.Answer(console.Raise(number, (await request.ReadAsync<ControlBodies.AccountEvent>()).Event));
            case ("GET", ["receivers"]):
                return receivers.Names;
            case ("GET", ["receivers", var name]):
                return receivers.Of(name) is { } shown ? ReceiverRoutes.Describe(name, shown) : null;
            case ("PATCH", ["receivers", var name]):
                var settings = await request.ReadAsync<ReceiverSettings>();
                if (receivers.Of(name) is not { } receiver)
                {
                    return null;
                }

                receiver.Set(settings);
                return ReceiverRoutes.Describe(name, receiver);
            case ("DELETE", ["receivers", var name]):
                return receivers.Remove(name) ? ControlRequest.Nothing : null;
            case ("POST", ["templates", "fill"]):
                var fill = await request.ReadAsync<ControlBodies.Fill>();
                var filled = console.FillTemplates(fill.BusinessAccountId ?? SandboxNumber.Shipped[0].BusinessAccountId, fill.Count);
                return filled.Succeeded ? new { templates = filled.Value } : filled.Error;
            case ("POST", ["templates", var template, "revise"]):
                return ControlRequest.Answer(console.ReviseTemplate(template));
            case ("POST", ["templates", var rated, "quality"]):
                return ControlRequest.Answer(console.RateTemplate(rated, (await request.ReadAsync<ControlBodies.Rating>()).Quality));
            case ("POST", ["templates", var template, "decide"]):
                var decision = await request.ReadAsync<ControlBodies.Decision>();
                return ControlRequest.Answer(console.DecideTemplate(template, decision.Status, decision.Reason));
            default:
                return null;
        }
    }

    private static object Describe(WebhookDelivery delivery) => new
    {
        delivery.Id,
        delivery.PhoneNumberId,
        delivery.At,
        delivery.Address,
        delivery.Answers,
        delivery.IsDelivered,
        delivery.Signature,
        Body = Encoding.ASCII.GetString(delivery.Body),
    };
}
