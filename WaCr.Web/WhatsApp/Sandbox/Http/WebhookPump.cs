namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Posts events while the server runs.</summary>
internal sealed class WebhookPump(WebhookPosts posts) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => posts.RunAsync(stoppingToken);
}
