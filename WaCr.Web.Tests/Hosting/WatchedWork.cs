using System.Text;

namespace WaCr.Web.Tests.Hosting;

/// <summary>Work that leaves traces in all that is measured and written of a running server.</summary>
internal static class WatchedWork
{
    private const string Text = "Nobody else may read this sentence";
    private const string Number = "447700900123";
    private const string Email = "watched@example.com";
    private const string Name = "Watchedson";
    private const string Code = "739104";
    private const string Key = "key-of-the-receiver";

    /// <summary>A message in, a look at its contact, an answer, a refusal; returns what of it is nobody else's business.</summary>
    public static async Task<IReadOnlyList<string>> DoAsync(DisposableApp product)
    {
        var app = product.App;
        var tenant = await app.CreateTenantAsync();
        var token = await TestApp.CreateTokenAsync(tenant);
        using var client = app.ClientFor(token);
        var channel = await tenant.ConnectWhatsAppAsync();
        app.Graph.AcceptsEverySend();
        var body = MetaWebhook.Text("wamid.watched", Number, Text, app.Time.GetUtcNow(), number: channel.PhoneNumberId);
        using (var http = new HttpClient { BaseAddress = app.Address })
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("webhooks/whatsapp", UriKind.Relative))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            post.Headers.Add("X-Hub-Signature-256", MetaWebhook.Sign(body, "secret-of-the-app"));
            (await http.SendAsync(post)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using var db = tenant.OpenDatabase();
        await Eventually.HoldsAsync(() => db.Messages.AnyAsync(message => message.Wamid == "wamid.watched"), TimeSpan.FromMinutes(1));
        var contactId = await db.Contacts.Select(contact => contact.Id).SingleAsync();
        (await client.GetAsync($"/contacts/{contactId}")).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/contacts?search={Number}")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/messages/text", new { phone = "+" + Number, message = Text })).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/contacts/by-nothing/{Number}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await client.SendAsync(HttpMethod.Put, $"/contacts/by-phone/+{Number}", ApiClient.Json(new { email = Email }));
        ((int)(await client.PostAsync("/auth/verify", new { phone = "+" + Number, code = Code })).Status).ShouldBeInRange(400, 499);
        var webhook = new { url = product.Receiver.Url + "/" + Key, events = new[] { "contact.*" } };
        (await client.PostAsync("/webhooks", webhook)).ShouldBe(HttpStatusCode.Created);
        (await client.PatchAsync($"/contacts/{contactId}", new { lastname = Name })).ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(
            () => db.WebhookDeliveries.AnyAsync(delivery => delivery.State == DeliveryState.Delivered), TimeSpan.FromMinutes(1));
        product.Fail(new InvalidOperationException($"{Number} wrote: {Text}"));
        return [Number, Text, Email, Name, Code, Key, token.Secret, "token-of-the-shop", "secret-of-the-app", "wamid.watched"];
    }
}
