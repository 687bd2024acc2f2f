namespace WaCr.Web.Downloads;

/// <summary>Section <c>Downloads</c> of the configuration.</summary>
public sealed class RemoteFileOptions
{
    public const string Section = "Downloads";

    /// <summary>How long one file may take, its redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Hosts, as <c>name</c> or <c>name:port</c>, that may be reached although their address is not public: a sandbox
    /// while developing, a file server of one's own. Whoever may send a message can then read what they serve.
    /// </summary>
    public IList<string> TrustedHosts { get; } = [];

    /// <summary>Ports of public hosts that may be asked beside 80 and 443; what else listens there is not for files.</summary>
    public IList<int> ExtraPorts { get; } = [];

    /// <summary>The product's own host, which nobody is to reach by way of itself; set from <c>PublicUrl</c>.</summary>
    public string? OwnHost { get; set; }
}
