namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Section <c>WhatsApp:Sandbox</c>: a stand-in for the Cloud API, for people with no Meta account.</summary>
public sealed class SandboxOptions
{
    public const string Section = "WhatsApp:Sandbox";

    /// <summary>Unset: on in Development, and when <c>WhatsApp:BaseUrl</c> points to a sandbox.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Required to run a sandbox outside Development, where contacts would get nothing while all looks well.</summary>
    public bool AllowOutsideDevelopment { get; set; }

    /// <summary>The token of the controls. Unset: generated at each start and printed.</summary>
    public string? ControlToken { get; set; }

    /// <summary>Seed of all generated ids: the same seed and calls give the same ids.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Empty means <see cref="SandboxNumber.Shipped"/>.</summary>
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
