using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Comments;

namespace WaCr.Web.Tests.Api;

public sealed class CommentsTests(WhatsAppApps apps) : IClassFixture<WhatsAppApps>
{
    private const string Mobile = "919587422369";

    [Theory]
    [OnEachEngine]
    public async Task Comment_IsAdded_AndAnsweredFlat(DatabaseProvider engine)
    {
        var (app, tenant, client) = await ConversingAsync(engine);

        var added = (
            await client.PostAsync($"/comments/{Mobile}", new { comment = " Call back ", message_id = "m-1", ref_message_id = "r-1" }))
            .ShouldBe(HttpStatusCode.OK);

        await using var db = tenant.OpenDatabase();
        var conversation = await db.Conversations.SingleAsync();
        var comment = await db.Comments.SingleAsync();
        added.Json.ToJsonString().ShouldBe(
            $$"""{"success":true,"message":"Comment added successfully","tenant_id":{{tenant.Id}},"interaction_id":{{conversation.Id}},"sender_id":"15550783881","status_message":"Internal comment","url":null,"message_id":"m-1","ref_message_id":"r-1","chat_message_id":{{comment.Id}}}""");
        var list = (await client.GetAsync($"/comments/+91 95874 22369")).ShouldBe(HttpStatusCode.OK);
        list.Json.Select(property => property.Key).ShouldBe(["success", "data"]);
        JsonNode.DeepEquals(list.Items.Single(), JsonNode.Parse($$"""
            {"id":{{comment.Id}},"message":"Call back","type":"text","status_message":"Internal comment","url":null,"message_id":"m-1","ref_message_id":"r-1",
             "staff_id":null,"created_at":"{{app.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss}}+00:00"}
            """)).ShouldBeTrue(list.Items.ToJsonString());
    }

    [Theory]
    [OnEachEngine]
    public async Task Comments_ComeNewestFirst_AndInPages(DatabaseProvider engine)
    {
        var (app, _, client) = await ConversingAsync(engine);
        for (var i = 1; i <= 17; i++)
        {
            await client.PostAsync($"/comments/{Mobile}", new { comment = $"c{i}" });
            app.Time.Advance(TimeSpan.FromSeconds(i % 2)); // some in the same second
        }

        async Task<string[]> TextsAsync(string query) =>
            (await client.GetAsync($"/comments/{Mobile}{query}")).ShouldBe(HttpStatusCode.OK).Texts("message");

        (await TextsAsync("")).ShouldBe(Enumerable.Range(1, 17).Reverse().Select(index => $"c{index}"));
        (await TextsAsync("?per_page=2&page=2")).ShouldBe(["c15", "c14"]);
        (await TextsAsync("?page=2")).ShouldBe(["c2", "c1"]);
        (await TextsAsync("?page=2147483647")).ShouldBeEmpty();
        (await client.GetAsync($"/comments/{Mobile}?page=0&per_page=101")).ShouldBeInvalid().ErrorFields.ShouldBe(["page", "per_page"]);
    }

    [Theory]
    [OnEachEngine]
    public async Task NumberWithoutConversation_Answers404(DatabaseProvider engine)
    {
        var (app, _, client) = await ConversingAsync(engine);
        var (tenant, other) = await app.NewTenantAsync();
        await tenant.CreateContactAsync(phone: "+919587422369"); // without a word said

        foreach (var (who, mobile) in new[] { (client, "919587422300"), (client, "abc"), (client, "0"), (other, Mobile) })
        {
            (await who.GetAsync($"/comments/{mobile}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
            (await who.PostAsync($"/comments/{mobile}", new { comment = "x" })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Theory]
    [InlineData("{}", "comment")]
    [InlineData("""{"comment":"  "}""", "comment")]
    [InlineData("""{"comment":5}""", "comment")]
    [InlineData("""{"comment":"a\u0000"}""", "comment")]
    [InlineData("""{"comment":"x","status_message":5,"media_url":[],"message_id":{},"ref_message_id":true}""",
        "status_message,media_url,message_id,ref_message_id")]
    [InlineData("""{"comment":"x","media_url":"http://127.0.0.1/a.png"}""", "media_url")]
    [InlineData("""{"comment":"x","media_url":"http://169.254.169.254/latest"}""", "media_url")]
    [InlineData("""{"comment":"x","media_url":"file:///etc/passwd"}""", "media_url")]
    [InlineData("""{"comment":"x","media_url":"nonsense"}""", "media_url")]
    public async Task WrongFields_AreNamedTwice(string body, string fields)
    {
        var (_, tenant, client) = await ConversingAsync(DatabaseProvider.Sqlite);

        var reply = (await client.PostAsync($"/comments/{Mobile}", body)).ShouldBeInvalid();

        reply.ErrorFields.ShouldBe(fields.Split(','), ignoreOrder: true);
        JsonNode.DeepEquals(reply.Json["errors"], reply.Json["error"]!["details"]).ShouldBeTrue();
        await using var db = tenant.OpenDatabase();
        (await db.Comments.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("comment", 5000)]
    [InlineData("status_message", 255)]
    [InlineData("message_id", 255)]
    [InlineData("ref_message_id", 255)]
    public async Task Lengths_AreThoseOfTheContract(string field, int most)
    {
        var (_, _, client) = await ConversingAsync(DatabaseProvider.Sqlite);
        var body = new JsonObject { ["comment"] = "x", [field] = new string('a', most) };

        (await client.PostAsync($"/comments/{Mobile}", body.ToJsonString())).ShouldBe(HttpStatusCode.OK);
        body[field] = new string('a', most + 1);
        (await client.PostAsync($"/comments/{Mobile}", body.ToJsonString())).ShouldBeInvalid().ErrorFields.ShouldBe([field]);
    }

    [Theory]
    [InlineData("a < b & c > d", "a < b & c > d")]
    [InlineData("Tom & Jerry <3", "Tom & Jerry <3")]
    [InlineData("<b>bold</b> &amp; <i>fine</i>", "<b>bold</b> &amp; <i>fine</i>")]
    [InlineData("<script>alert(1)</script>hello", "hello")]
    [InlineData("<img src=x onerror=alert(1)>", "")]
    [InlineData("<b>Paid</b><picture><source srcset=\"http://t.example/a.png\"><img src=\"http://t.example/p.gif\"></picture>",
        "<b>Paid</b>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"https://ex.test/\">x</a>", "<a href=\"https://ex.test/\">x</a>")]
    [InlineData("<div style=\"position:fixed\">x</div>", "<div>x</div>")]
    [InlineData("<table background=\"http://t.example/p.gif\"><tbody><tr><td background=\"http://t.example/q.gif\">x</td></tr></tbody></table>", "<table><tbody><tr><td>x</td></tr></tbody></table>")]
    [InlineData("<svg/onload=alert(1)>x", "")]
    [InlineData("<iframe src=https://ex.test></iframe>x", "x")]
    [InlineData("<form action=https://ex.test><input name=a></form>x", "x")]
    [InlineData("<math><mtext></p><style><img src=x onerror=alert(1)>", "")]
    public void Text_IsHarmlessWhenItIsShown(string written, string shown) => CommentText.Harmless(written).ShouldBe(shown);

    [Theory]
    [OnEachEngine]
    public async Task Html_IsKeptAsWritten_AndShownHarmless(DatabaseProvider engine)
    {
        var (_, tenant, client) = await ConversingAsync(engine);
        const string html = "<b onclick=\"alert(1)\">Hi</b><script>alert(1)</script>";

        await client.PostAsync($"/comments/{Mobile}", new { comment = html });

        (await client.GetAsync($"/comments/{Mobile}")).Texts("message").ShouldBe(["<b>Hi</b>"]);
        await using var db = tenant.OpenDatabase();
        (await db.Comments.SingleAsync()).Text.ShouldBe(html);
    }

    [Fact]
    public async Task File_IsDownloadedAndKept()
    {
        byte[] picture = [0x89, .. "PNG\r\n\u001A\n"u8, 1, 2, 3];
        await using var server = await ServeAsync(picture);
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var options = app.Services.GetRequiredService<IOptions<RemoteFileOptions>>().Value;
        var url = new Uri(server.Urls.Single());
        options.TrustedHosts.Add($"{url.Host}:{url.Port}");
        var (_, tenant, client) = await ConversingAsync(DatabaseProvider.Sqlite);

        var added = (await client.PostAsync($"/comments/{Mobile}", new { comment = "See", media_url = $"{url}a%20cat.jpg" }))
            .ShouldBe(HttpStatusCode.OK);

        ((string)added.Json["url"]!).ShouldBe($"{url}a%20cat.jpg");
        ((string)(await client.GetAsync($"/comments/{Mobile}")).Items.Single()!["type"]!).ShouldBe("image");
        await using var db = tenant.OpenDatabase();
        var comment = await db.Comments.SingleAsync();
        comment.FileName.ShouldBe("a cat.jpg");
        var file = await db.MediaFiles.SingleAsync(file => file.Id == comment.MediaFileId);
        file.ContentType.ShouldBe("image/png");
        file.Size.ShouldBe(picture.Length);
    }

    [Fact]
    public async Task SameKey_AddsOnce()
    {
        var (_, tenant, client) = await ConversingAsync(DatabaseProvider.Sqlite);

        var first = await client.PostAsync($"/comments/{Mobile}", new { comment = "x" }, ("Idempotency-Key", "c-1"));
        var second = await client.PostAsync($"/comments/{Mobile}", new { comment = "x" }, ("Idempotency-Key", "c-1"));

        second.Body.ShouldBe(first.Body);
        await using var db = tenant.OpenDatabase();
        (await db.Comments.CountAsync()).ShouldBe(1);
    }

    private async Task<(TestApp App, TestTenant Tenant, ApiClient Client)> ConversingAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await WhatsAppApps.ConnectAsync(tenant);
        var contact = await tenant.CreateContactAsync(phone: "+919587422369");
        await using var db = tenant.OpenDatabase();
        var channel = await db.Channels.SingleAsync();
        channel.DisplayPhoneNumber = "+1 555-078-3881";
        db.Conversations.Add(new Conversation { ChannelId = channel.Id, ContactId = contact.Id, LastMessageAt = app.Time.GetUtcNow() });
        await db.SaveChangesAsync();
        return (app, tenant, client);
    }

    private static async Task<WebApplication> ServeAsync(byte[] content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        var server = builder.Build();
        server.Run(async context => await context.Response.Body.WriteAsync(content));
        await server.StartAsync();
        return server;
    }
}
