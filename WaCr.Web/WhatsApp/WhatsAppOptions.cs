namespace WaCr.Web.WhatsApp;

/// <summary>Where the Cloud API is and how patient to be with it: section <c>WhatsApp</c> of the configuration.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = "WhatsApp";

    /// <summary>The Graph API's host; the version is added to it.</summary>
    public Uri BaseUrl { get; set; } = new("https://graph.facebook.com");

    public string Version { get; set; } = "v25.0";

    /// <summary>How long one attempt may take before it counts as unanswered.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call may take with all its attempts and its answer's body.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a file may take to come down.</summary>
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Hosts beside WhatsApp's own, with their subdomains, that may be sent a channel's token to fetch a file: a gateway's.</summary>
    public IList<string> MediaHosts { get; } = [];

    public int Retries { get; set; } = 2;

    /// <summary>The first wait; each further one is longer, with jitter.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A wait that WhatsApp asks for beyond this is left to the caller, who is told how long it is.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);
}
