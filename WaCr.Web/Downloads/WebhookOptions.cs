namespace WaCr.Web.Downloads;

/// <summary>Section <c>Webhooks</c> of the configuration: what the product sends to other systems.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether a receiver may be reached by http. What is sent can then be read on the way.</summary>
    public bool AllowHttp { get; set; }
}

/// <summary>Hosts that posts reach wherever they lead: in Development those of this machine, so that a receiver can be tried.</summary>
internal sealed class PostTargets
{
    public Func<string, int, bool> MayReach { get; set; } = (_, _) => false;
}
