using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A call to Graph, as rules and permissions need it: operation, number, recipient.</summary>
internal sealed record GraphCall(string? Token, string Operation, string? PhoneNumberId = null, string? Recipient = null)
{
    public override string ToString() => $"{nameof(GraphCall)} {Operation}";
}

/// <summary>Wraps every call: checks the token, applies injected faults, then runs the call.</summary>
internal sealed class GraphAccess(SandboxWorld world)
{
    private const int ExpiredSession = 463;

    /// <param name="work">Gets the numbers that the token may use.</param>
    public GraphAnswer Serve(GraphCall call, Func<IReadOnlyList<SandboxNumber>, GraphAnswer> work) => world.Do(() =>
    {
        var numbers = world.Numbers.Where(number => number.AccessToken == call.Token).ToList();
        if (Refused(numbers) is { } refusal)
        {
            return Refuse(refusal);
        }

        var rule = world.Rules.FirstOrDefault(rule => rule.AppliesTo(call.Operation, call.PhoneNumberId, call.Recipient));
        return rule is null ? work(numbers) : Fail(rule, () => work(numbers));
    });

    /// <summary>A call about one of the token's numbers.</summary>
    public GraphAnswer OnNumber(string? token, string phoneNumberId, Func<SandboxNumber, GraphAnswer> work) => Serve(
        new(token, "number", phoneNumberId),
        numbers => numbers.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId) is { } number
            ? work(number)
            : Refuse(Refusal.Unknown(phoneNumberId)));

    /// <summary>A call about one of the token's accounts.</summary>
    /// <param name="work">Gets the account's numbers, one at least.</param>
    public GraphAnswer OnAccount(string? token, string account, Func<IReadOnlyList<SandboxNumber>, GraphAnswer> work) =>
        OnAccount(new GraphCall(token, "number"), account, work);

    /// <summary>A call about the templates of one of the token's accounts.</summary>
    public GraphAnswer OnTemplates(string? token, string account, Func<GraphAnswer> work) =>
        OnAccount(new GraphCall(token, "templates"), account, _ => work());

    private GraphAnswer OnAccount(GraphCall call, string account, Func<IReadOnlyList<SandboxNumber>, GraphAnswer> work) => Serve(
        call,
        numbers => numbers.Where(number => number.BusinessAccountId == account).ToList() is { Count: > 0 } own
            ? work(own)
            : Refuse(Refusal.Unknown(account)));

    public GraphAnswer Refuse(Refusal refusal) =>
        new(refusal.HttpStatus(world.Behaviour.HttpStatuses), refusal.Write(world.Ids.Trace())) { RetryAfter = refusal.RetryAfter };

    private static Refusal? Refused(List<SandboxNumber> numbers) => numbers switch
    {
        [] => Refusal.BadToken("Invalid OAuth access token - Cannot parse access token"),
        _ when numbers.Exists(number => number.TokenState == SandboxTokenState.Expired) =>
            Refusal.BadToken("Error validating access token: Session has expired on Thursday, 01-Jan-26 00:00:00 PST.", ExpiredSession),
        _ when numbers.Exists(number => number.TokenState == SandboxTokenState.WithoutPermission) =>
            new Refusal(131005, RefusalTitles.DetailsOf(131005)),
        _ => null,
    };

    private GraphAnswer Fail(FaultRule rule, Func<GraphAnswer> work)
    {
        var answer = rule.CarriedOut || rule.Fault == Fault.Slow ? work() : GraphAnswer.Ok(new JsonObject());
        if (rule.Code is { } code)
        {
            var refused = Refuse(new Refusal(code, rule.Details ?? RefusalTitles.DetailsOf(code)));
            answer = refused with { Afterwards = answer.Afterwards, Status = rule.Status ?? refused.Status };
        }
        else if (rule.Fault == Fault.Html)
        {
            answer = answer with { Status = rule.Status ?? 502 };
        }

        return answer with
        {
            Fault = rule.Fault,
            Delay = rule.Fault == Fault.Slow ? world.Behaviour.SlowAnswer : TimeSpan.Zero,
            RetryAfter = rule.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }
}
