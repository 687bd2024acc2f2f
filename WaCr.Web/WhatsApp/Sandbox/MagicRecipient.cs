namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// Numbers with special behaviour, for demos and tests: <c>+1 555 0</c> and a six-digit error code (<c>+15550131026</c>), and a few others.
/// Listed in docs/sandbox.md.
/// </summary>
internal sealed record MagicRecipient
{
    private const string Start = "15550";

    /// <summary>These codes arrive as a failed status after the message was accepted; the others refuse the call.</summary>
    private static readonly int[] ComeAsStatus = [130472, 130497, 131026, 131047, 131049, 131050, 131051, 131053];

    private static readonly MagicRecipient Nothing = new();

    private static readonly Dictionary<string, MagicRecipient> Special = new(StringComparer.Ordinal)
    {
        ["15550900001"] = new() { Fault = Fault.Silence, CarriedOut = true },
        ["15550900002"] = new() { Fault = Fault.Silence },
        ["15550900003"] = new() { Fault = Fault.Slow, CarriedOut = true },
        ["15550900004"] = new() { Fault = Fault.HalfJson, CarriedOut = true },
        ["15550900005"] = new() { Fault = Fault.Html, HttpStatus = 502 },
        ["15550900006"] = new() { Fault = Fault.Html, HttpStatus = 500, CarriedOut = true },
        ["15550900007"] = new() { OnlySent = true },
        ["15550900008"] = new() { Ladder = behaviour => behaviour with { OmitDelivered = true, ReadsByItself = true } },
        ["15550900009"] = new() { Ladder = behaviour => behaviour with { ReverseStatuses = true, ReadsByItself = true } },
        ["15550900010"] = new() { Ladder = behaviour => behaviour with { Duplicates = 2 } },
        ["15550900011"] = new() { Ladder = behaviour => behaviour with { StatusBeforeAnswer = true } },
        ["15550900012"] = new() { FailsAfterDelivery = true },
        ["15550900013"] = new() { Ladder = behaviour => behaviour with { ReadsByItself = false } },
        ["15550900014"] = new() { HoldsTemplates = true },
    };

    public int? Code { get; private init; }

    public Fault Fault { get; private init; }

    public int HttpStatus { get; private init; } = 200;

    public bool CarriedOut { get; private init; }

    public bool OnlySent { get; private init; }

    public bool FailsAfterDelivery { get; private init; }

    /// <summary>Whether templates are kept back for a while, as if their quality were judged.</summary>
    public bool HoldsTemplates { get; private init; }

    public Func<SandboxBehaviour, SandboxBehaviour> Ladder { get; private init; } = behaviour => behaviour;

    public int? RefusedWith => Code is { } code && !ComeAsStatus.Contains(code) ? code : null;

    public int? FailsWith => Code is { } code && ComeAsStatus.Contains(code) ? code : null;

    public static MagicRecipient Of(string digits)
    {
        if (Special.TryGetValue(digits, out var special))
        {
            return special;
        }

        return digits.Length == Start.Length + 6
            && digits.StartsWith(Start, StringComparison.Ordinal)
            && int.TryParse(digits.AsSpan(Start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code > 0
            && RefusalTitles.Contains(code)
                ? new MagicRecipient { Code = code }
                : Nothing;
    }
}
