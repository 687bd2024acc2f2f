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
}
