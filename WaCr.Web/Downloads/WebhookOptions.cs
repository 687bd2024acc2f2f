namespace WaCr.Web.Downloads;

/// <summary>Section <c>Webhooks</c> of the configuration: events sent to other systems.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether receivers may use http. Events can then be read in transit.</summary>
    public bool AllowHttp { get; set; }
}

/// <summary>Hosts that posts may reach whatever their address: in Development those of this machine, to try a receiver.</summary>
internal sealed class PostTargets
{
    public Func<string, int, bool> MayReach { get; set; } = (_, _) => false;
}
