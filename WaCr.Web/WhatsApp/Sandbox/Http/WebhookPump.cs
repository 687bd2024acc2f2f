namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Keeps events going out while the server runs.</summary>
internal sealed class WebhookPump(WebhookPosts posts) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => posts.RunAsync(stoppingToken);
}
