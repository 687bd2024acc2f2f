namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Section <c>WhatsApp:Sandbox</c>: a stand-in for the Cloud API, for people with no Meta account.</summary>
public sealed class SandboxOptions
{
    public const string Section = "WhatsApp:Sandbox";

    /// <summary>Unset: on in Development, and wherever <c>WhatsApp:BaseUrl</c> points to a sandbox.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Outside Development a sandbox means that customers get nothing while all looks well, so it takes this word.</summary>
    public bool AllowOutsideDevelopment { get; set; }

    /// <summary>What opens the controls. Unset: a new one at each start, which the server prints.</summary>
    public string? ControlToken { get; set; }

    /// <summary>Of every id that is made: the same calls after the same seed give the same ids.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Empty: <see cref="SandboxNumber.Shipped"/>.</summary>
    public IList<SandboxNumber> Numbers { get; } = [];

    public SandboxBehaviour Behaviour { get; set; } = new();

    public static bool IsSandbox(Uri address) => address.AbsolutePath.StartsWith(SandboxPaths.Graph, StringComparison.OrdinalIgnoreCase);
}

public static class SandboxPaths
{
    public const string Root = "/sandbox";
    public const string Graph = Root + "/graph";
    public const string Control = Root + "/control";
    public const string Receivers = Root + "/receivers";
}
