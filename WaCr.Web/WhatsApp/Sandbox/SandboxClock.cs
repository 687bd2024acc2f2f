namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The sandbox's time: the server's plus an offset.</summary>
internal sealed class SandboxClock(TimeProvider server)
{
    public TimeSpan Ahead { get; set; }

    /// <summary>For waits, which use real time.</summary>
    public TimeProvider Server { get; } = server;

    public DateTimeOffset Now => Server.GetUtcNow() + Ahead;
}
