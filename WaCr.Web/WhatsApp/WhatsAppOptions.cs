namespace WaCr.Web.WhatsApp;

/// <summary>Section <c>WhatsApp</c> of the configuration: the Cloud API's address and timeouts.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = "WhatsApp";

    /// <summary>The Graph API's host; the version is appended.</summary>
    public Uri BaseUrl { get; set; } = new("https://graph.facebook.com");

    /// <summary>Where templates are archived; Meta serves that call on a host of its own. Null: that host, or <see cref="BaseUrl"/> if it
    /// is not Meta's.</summary>
    public Uri? ArchiveBaseUrl { get; set; }

    public string Version { get; set; } = "v25.0";

    /// <summary>Timeout of one attempt.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Timeout of a call with all its attempts and its answer's body.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Timeout of a file download.</summary>
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Further hosts, with their subdomains, that may get a channel's token to download a file, such as a gateway's.</summary>
    public IList<string> MediaHosts { get; } = [];

    public int Retries { get; set; } = 2;

    /// <summary>The first wait; later ones are longer, with jitter.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>If WhatsApp asks for a longer wait than this, the error is returned to the caller with that wait.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);
}
