namespace WaCr.Web.Downloads;

/// <summary>Section <c>Downloads</c> of the configuration.</summary>
public sealed class RemoteFileOptions
{
    public const string Section = "Downloads";

    /// <summary>Time limit for one file, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Hosts, as <c>name</c> or <c>name:port</c>, that may be reached although their address is not public: a sandbox during development,
    /// or your own file server. Anyone who may send a message can then read what they serve.
    /// </summary>
    public IList<string> TrustedHosts { get; } = [];

    /// <summary>Ports of public hosts that may be used besides 80 and 443.</summary>
    public IList<int> ExtraPorts { get; } = [];

    /// <summary>The product's own host, which downloads must not reach; set from <c>PublicUrl</c>.</summary>
    public string? OwnHost { get; set; }
}
