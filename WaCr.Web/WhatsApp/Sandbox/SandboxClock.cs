namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The sandbox's time: the server's, and as far ahead of it as it was told.</summary>
internal sealed class SandboxClock(TimeProvider server)
{
    public TimeSpan Ahead { get; set; }

    /// <summary>For waits, which are real.</summary>
    public TimeProvider Server { get; } = server;

    public DateTimeOffset Now => Server.GetUtcNow() + Ahead;
}
