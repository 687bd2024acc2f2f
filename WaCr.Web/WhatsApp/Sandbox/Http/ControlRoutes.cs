using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The control API: customers' phones and the sandbox's settings. Described in docs/sandbox.md.</summary>
internal sealed class ControlRoutes(SandboxConsole console, SandboxPhone phone, BusinessPhone business, WebhookPosts posts,
    SandboxControlToken token, SandboxReceivers receivers)
{
    private const int DefaultLimit = 50;
    private const int MaxBody = 160 * 1024 * 1024;

    private static readonly object Nothing = new { success = true };

    public async Task ServeAsync(HttpContext context)
    {
        if (!token.Fits(BearerOf(context.Request)))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await WriteAsync(
                context,
                StatusCodes.Status401Unauthorized,
                new { error = "The sandbox's controls take the token that the server printed at its start: Authorization: Bearer TOKEN." });
            return;
        }

        var path = ((string?)context.Request.RouteValues["path"] ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var answer = path switch
            {
                ["customers", var customer, .. var act] => await OnPhoneAsync(context.Request, customer, act),
                ["numbers", var number, "history" or "echoes", ..] => await OnBusinessPhoneAsync(context.Request, number, path[2..]),
                _ => await OnConsoleAsync(context.Request, path),
            };
            await (answer switch
            {
                null =>
                    WriteAsync(
                        context, StatusCodes.Status404NotFound, new { error = "The sandbox knows no such path, or nothing is there." }),
                AppError problem => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, new { error = problem.Message }),
                _ => WriteAsync(context, StatusCodes.Status200OK, answer),
            });
        }
        catch (Exception failure) when (
            failure is JsonException or FormatException or IOException or InvalidOperationException or NotSupportedException
                or ArgumentException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new { error = $"The body does not fit: {failure.Message}" });
        }
    }

    private async Task<object?> OnPhoneAsync(HttpRequest request, string customer, string[] act)
    {
        switch (request.Method, act)
        {
            case ("GET", ["messages"]):
                return console.Messages(customer, Limit(request));
            case ("POST", ["text"]):
                var text = await ReadAsync<ControlBodies.Text>(request);
                return Answer(phone.Write(new(text.PhoneNumberId, customer), text.Body, text.ReplyTo));
            case ("POST", ["media"]):
                var file = await ReadAsync<ControlBodies.File>(request);
                return Answer(phone.Send(new(file.PhoneNumberId, customer), file.ToFile()));
            case ("POST", ["message"]):
                var raw = await ReadAsync<ControlBodies.Raw>(request);
                return Answer(phone.Say(
                    new(raw.PhoneNumberId, customer), raw.Type, raw.Content, raw.Text, raw.ReplyTo, raw.Beside()));
            case ("POST", ["choose"]):
                var choice = await ReadAsync<ControlBodies.Choice>(request);
                return Answer(phone.Choose(new(choice.PhoneNumberId, customer), choice.MessageId, choice.Option));
            case ("POST", ["reaction"]):
                var reaction = await ReadAsync<ControlBodies.Reaction>(request);
                return Answer(phone.React(new(reaction.PhoneNumberId, customer), reaction.MessageId, reaction.Emoji));
            case ("POST", ["edit"]):
                var edit = await ReadAsync<ControlBodies.Change>(request);
                return Answer(phone.Edit(new(edit.PhoneNumberId, customer), edit.MessageId, edit.Body ?? ""));
            case ("POST", ["revoke"]):
                var revoked = await ReadAsync<ControlBodies.Change>(request);
                return Answer(phone.Revoke(new(revoked.PhoneNumberId, customer), revoked.MessageId));
            case ("POST", ["read"]):
                var read = phone.Read(await ChatAsync(request, customer));
                return read.Succeeded ? new { read = read.Value } : read.Error;
            case ("POST", ["block" or "unblock"]):
                return Answer(phone.Block(await ChatAsync(request, customer), act[0] == "block"));
            case ("POST", ["offline" or "online"]):
                return Answer(phone.GoOffline(await ChatAsync(request, customer), act[0] == "offline"));
            case ("POST", ["call"]):
                return Answer(phone.Ring(await ChatAsync(request, customer)));
            case ("POST", ["age"]):
                var shift = await ReadAsync<ControlBodies.TimeShift>(request);
                return Answer(phone.Age(new(shift.PhoneNumberId, customer), Shift(shift.Seconds)));
            case ("POST", ["stop" or "resume"]):
                return Answer(phone.Prefer(await ChatAsync(request, customer), act[0] == "resume"));
            case ("POST", ["number"]):
                var number = await ReadAsync<ControlBodies.NewNumber>(request);
                return Answer(phone.ChangeNumber(new(number.PhoneNumberId, customer), number.Phone));
            case ("POST", ["profile"]):
                var person = await ReadAsync<ControlBodies.Person>(request);
                return Answer(phone.ChangeProfile(new(person.PhoneNumberId, customer), person.Name, person.Username, person.ParentUserId));
            case ("POST", ["user-id"]):
                var renamed = request.ContentLength > 0 ? await ReadAsync<ControlBodies.NewUserId>(request) : new();
                return Answer(phone.ChangeUserId(new(renamed.PhoneNumberId, customer), renamed.UserId, renamed.ParentUserId));
            default:
                return null;
        }
    }

    private async Task<object?> OnBusinessPhoneAsync(HttpRequest request, string number, string[] act)
    {
        switch (request.Method, act)
        {
            case ("POST", ["history"]):
                var history = await ReadAsync<ControlBodies.History>(request);
                var threads = (history.Threads ?? []).Select(thread => ControlBodies.Whole(thread).ToThread()).ToList();
                var shared = history.Declined
                    ? business.DeclineHistory(number)
                    : business.ShareHistory(number, threads, history.ChunkMessages);
                return shared.Succeeded ? new { chunks = shared.Value } : shared.Error;
            case ("POST", ["echoes"]):
                var echo = await ReadAsync<ControlBodies.Echo>(request);
                var (type, content, shown) = echo.ToMessage();
                return Answer(business.Write(new(number, echo.Customer), type, content, shown));
            case ("POST", ["echoes", "edit"]):
                var edit = await ReadAsync<ControlBodies.EchoChange>(request);
                return Answer(business.Edit(new(number, edit.Customer), edit.MessageId, edit.Body ?? ""));
            case ("POST", ["echoes", "revoke"]):
                var revoked = await ReadAsync<ControlBodies.EchoChange>(request);
                return Answer(business.Revoke(new(number, revoked.Customer), revoked.MessageId));
            default:
                return null;
        }
    }

    private async Task<object?> OnConsoleAsync(HttpRequest request, string[] path)
    {
        switch (request.Method, path)
        {
            case ("GET", []):
                return console.Overview();
            case ("GET", ["export"]):
                return console.Export();
            case ("POST", ["import"]):
                return console.Import(await ReadAsync<SandboxState>(request, SandboxBody.MaxStateDepth)) is { Succeeded: false } unfit
                    ? throw new JsonException(unfit.Error.Message)
                    : console.Overview();
            case ("POST", ["reset"]):
                console.Reset();
                return console.Overview();
            case ("GET", ["behaviour"]):
                return console.Behaviour;
            case ("PATCH", ["behaviour"]):
                return console.Behave(await ReadAsync<JsonObject>(request));
            case ("GET", ["numbers", var number, "behaviour"]):
                return console.BehaviourOf(number);
            case ("PATCH", ["numbers", var number, "behaviour"]):
                return console.FindNumber(number) is null ? null : console.Behave(await ReadAsync<JsonObject>(request), number);
            case ("POST", ["clock"]):
                var advanced = console.Advance(Shift((await ReadAsync<ControlBodies.Clock>(request)).AdvanceSeconds));
                return advanced.Succeeded ? new { now = advanced.Value } : throw new JsonException(advanced.Error.Message);
            case ("GET", ["rules"]):
                return console.Rules();
            case ("POST", ["rules"]):
                return Answer(console.AddRule(await ReadAsync<FaultRule>(request)));
            case ("DELETE", ["rules"]):
                return new { removed = console.RemoveRules(null) };
            case ("DELETE", ["rules", var rule]):
                return new { removed = console.RemoveRules(rule) };
            case ("GET", ["messages"]):
                return console.Messages(null, Limit(request));
            case ("GET", ["deliveries"]):
                return console.Deliveries.Take(Limit(request)).Select(Describe);
            case ("GET", ["deliveries", var delivery]):
                return console.Deliveries.FirstOrDefault(known => known.Id == delivery) is { } found ? Describe(found) : null;
            case ("POST", ["deliveries", var delivery, "redeliver"]):
                return console.Redeliver(delivery) ? Nothing : null;
            case ("POST", ["numbers"]):
                return console.PutNumber(await ReadAsync<SandboxNumber>(request)) is { Succeeded: false } wrong
                    ? throw new JsonException(wrong.Error.Message)
                    : console.Overview();
            case ("POST", ["numbers", var number, "handshake"]):
                return console.FindNumber(number) is { WebhookUrl: { } address } known
                    ? await posts.ShakeHandsAsync(address, known.VerifyToken, request.HttpContext.RequestAborted) is { } problem
                        ? new SandboxProblem(problem)
                        : Nothing
                    : null;
            case ("POST", ["numbers", var number, "token"]):
                return console.SetToken(number, (await ReadAsync<ControlBodies.Token>(request)).State) is { Succeeded: false } refused
                    ? refused.Error
                    : Nothing;
            case ("POST", ["numbers", var number, "state"]):
                var state = await ReadAsync<ControlBodies.NumberState>(request);
                return Answer(console.Change(number, state.ApplyTo));
            case ("POST", ["numbers", var number, "events"]):
                return Answer(console.Raise(number, (await ReadAsync<ControlBodies.AccountEvent>(request)).Event));
            case ("GET", ["receivers"]):
                return receivers.Names;
            case ("GET", ["receivers", var name]):
                return receivers.Of(name) is { } shown ? ReceiverRoutes.Describe(name, shown) : null;
            case ("PATCH", ["receivers", var name]):
                var settings = await ReadAsync<ReceiverSettings>(request);
                if (receivers.Of(name) is not { } receiver)
                {
                    return null;
                }

                receiver.Set(settings);
                return ReceiverRoutes.Describe(name, receiver);
            case ("DELETE", ["receivers", var name]):
                return receivers.Remove(name) ? Nothing : null;
            case ("POST", ["templates", "fill"]):
                var fill = await ReadAsync<ControlBodies.Fill>(request);
                var filled = console.FillTemplates(fill.BusinessAccountId ?? SandboxNumber.Shipped[0].BusinessAccountId, fill.Count);
                return filled.Succeeded ? new { templates = filled.Value } : filled.Error;
            case ("POST", ["templates", var template, "revise"]):
                return Answer(console.ReviseTemplate(template));
            case ("POST", ["templates", var rated, "quality"]):
                return Answer(console.RateTemplate(rated, (await ReadAsync<ControlBodies.Rating>(request)).Quality));
            case ("POST", ["templates", var template, "decide"]):
                var decision = await ReadAsync<ControlBodies.Decision>(request);
                return Answer(console.DecideTemplate(template, decision.Status, decision.Reason));
            default:
                return null;
        }
    }

    private static async Task<SandboxChat> ChatAsync(HttpRequest request, string customer) =>
        new(request.ContentLength > 0 ? (await ReadAsync<ControlBodies.Chat>(request)).PhoneNumberId : null, customer);

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

    private static object? Answer<T>(Result<T> result) => !result.Succeeded ? result.Error : result.Value is Done ? Nothing : result.Value;

    private static int Limit(HttpRequest request) =>
        int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : DefaultLimit;

    // Limited to what a TimeSpan can hold and the clock can be moved by.
    private static TimeSpan Shift(double seconds) => Math.Abs(seconds) <= SandboxChecks.MaxShift.TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new JsonException(
            string.Create(CultureInfo.InvariantCulture, $"seconds must be at most {SandboxChecks.MaxShift.TotalSeconds}, either way."));

    private static string? BearerOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;

    private static async Task<T> ReadAsync<T>(HttpRequest request, int maxDepth = SandboxBody.MaxDepth)
        where T : class
    {
        using var body = SandboxBody.Parse(await BodyReader.ReadAsync(request, MaxBody), maxDepth);
        return body.RootElement.Deserialize<T>(JsonNames.Json) ?? throw new JsonException("It is null.");
    }

    private static async Task WriteAsync(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, answer.GetType(), JsonNames.Json, context.RequestAborted);
    }
}
