using System.Text;

namespace WaCr.Web.Tests.Api;

/// <summary>Messages with files: brought along as forms. What URLs may lead to is tested with the downloads.</summary>
public sealed class MediaMessagesTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Uploaded = """{"id":"media-1"}""";
    private const string ImageComponents = """
        [{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://ex.test/a.jpg"]}},{"type":"BODY","text":"Hi {{1}}, look at {{2}}"}]
        """;

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 nothing else");

    [Fact]
    public async Task APicture_IsUploadedSentAndKeptOnce()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        for (var times = 0; times < 2; times++)
        {
            app.Graph.Answers(HttpStatusCode.OK, Uploaded);
            using var form = Form(
                ("phone", contact.Phone),
                ("media_type", "image"),
                ("caption", "For @{contact_first_name}"),
                ("contact_id", contact.Id.ToString(null, null)));
            form.Add(new ByteArrayContent(Png), "media_file", "../../odd name.gif");

            var data = (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBe(HttpStatusCode.OK).Data!;

            ((string)data["media_type"]!).ShouldBe("image");
            ((string)data["caption"]!).ShouldBe("For Asha");
            ((string)data["media_url"]!).ShouldBe($"/api/v2/messages/{data["chat_message_id"]}/media");
            ((string)data["filename"]!).ShouldNotContain("/");
            app.Graph.Calls[^1].Json["image"]!.ToJsonString().ShouldBe("""{"id":"media-1","caption":"For Asha"}""");
        }

        await using var db = tenant.OpenDatabase();
        var file = await db.MediaFiles.SingleAsync();
        (file.Size, file.ContentType).ShouldBe((Png.Length, "image/png"));
        (await db.MessageMedia.CountAsync(media => media.MediaFileId == file.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task ADocument_KeepsTheNameThatItIsGiven()
    {
        var (_, client, contact) = await NewWriterAsync();
        app.Graph.Answers(HttpStatusCode.OK, Uploaded);
        using var form = Form(("phone", contact.Phone), ("media_type", "document"), ("filename", "Invoice 7.pdf"));
        form.Add(new ByteArrayContent(Pdf), "media_file", "x.pdf");

        var data = (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBe(HttpStatusCode.OK).Data!;

        ((string)data["filename"]!).ShouldBe("Invoice 7.pdf");
        data["caption"].ShouldBeNull();
        app.Graph.Calls[^1].Json["document"]!.ToJsonString().ShouldBe("""{"id":"media-1","filename":"Invoice 7.pdf"}""");
    }

    [Theory]
    [InlineData("media_type=image", "media_url")]
    [InlineData("media_type=gif", "media_type")]
    [InlineData("media_type=audio&caption=Listen&media_url=https://a.test/a.mp3", "caption")]
    [InlineData("media_type=image&phone=%2B9195874223690000&media_url=https://a.test/a.jpg", "phone")]
    [InlineData("media_type=image&media_url=https://a.test/a.jpg&contact.email=nobody", "contact.email")]
    [InlineData("media_type=image&media_url=https://a.test/a.jpg&contact.country=Atlantis", "contact.country")]
    [InlineData("media_type=image&media_url=https://a.test/a.jpg&contact.assigned_id=x", "contact.assigned_id")]
    [InlineData("media_type=image&media_url=https://a.test/a.jpg&contact[groups]=1,x", "contact.groups")]
    [InlineData("media_type=image&media_url=https://a.test/a.jpg&contact_id=x", "contact_id")]
    public async Task AWrongField_IsNamed(string fields, string wrong)
    {
        var (_, client) = await app.NewTenantAsync();
        var pairs = fields.Split('&')
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1])))
            .ToList();
        if (!pairs.Exists(pair => pair.Item1 == "phone"))
        {
            pairs.Add(("phone", "+919587422369"));
        }

        using var form = Form([.. pairs]);
        (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBeInvalid(wrong);
    }

    [Fact]
    public async Task AFileOfAnotherKind_IsRefusedByItsContent_BeforeAnythingElse()
    {
        var (_, client) = await app.NewTenantAsync(); // not even configured
        using var form = Form(("phone", "+919587422369"), ("media_type", "image"));
        form.Add(new ByteArrayContent(Pdf), "media_file", "photo.jpg");

        (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBeInvalid("media_file")
            .Errors("media_file").ShouldBe(["The file must be jpg, png, webp by its content"]);
    }

    [Fact]
    public async Task APrivateAddress_IsRefused_AfterTheWindow()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var stranger = await tenant.CreateContactAsync();
        object Body(string phone) => new { phone, media_type = "image", media_url = "http://127.0.0.1/a.jpg" };

        (await client.PostAsync("/messages/media", Body(stranger.Phone)))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "MESSAGE_WINDOW_CLOSED");
        (await client.PostAsync("/messages/media", Body(contact.Phone))).ShouldBeInvalid("media_url");
        (await client.GetAsync("/messages")).Items.ShouldBeEmpty();
        (await tenant.UsedConversationsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task TheSameForm_WithTheSameKey_IsSentOnce()
    {
        var (_, client, contact) = await NewWriterAsync();
        app.Graph.Answers(HttpStatusCode.OK, Uploaded);
        var replies = new List<ApiReply>();
        for (var times = 0; times < 2; times++)
        {
            using var form = Form(("phone", contact.Phone), ("media_type", "image")); // each with a boundary of its own
            form.Add(new ByteArrayContent(Png), "media_file", "a.png");
            replies.Add(await client.SendAsync(HttpMethod.Post, "/messages/media", form, ("Idempotency-Key", "picture")));
        }

        replies[1].Body.ShouldBe(replies[0].ShouldBe(HttpStatusCode.OK).Body);
        using var another = Form(("phone", contact.Phone), ("media_type", "image"));
        another.Add(new ByteArrayContent([.. Png, 5]), "media_file", "a.png");
        (await client.SendAsync(HttpMethod.Post, "/messages/media", another, ("Idempotency-Key", "picture")))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task ABrokenForm_IsABadRequest()
    {
        var (_, client) = await app.NewTenantAsync();
        using var content = new StringContent("no form at all");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        (await client.SendAsync(HttpMethod.Post, "/messages/media", content)).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task ATemplate_OpensAConversation_WithItsPictureAndValues()
    {
        var (tenant, client, _) = await NewWriterAsync();
        await tenant.AddTemplateAsync("sale", "MARKETING", ImageComponents, "en_US", headerFormat: "IMAGE");
        app.Graph.Answers(HttpStatusCode.OK, Uploaded);
        using var form = Form(("phone", "+919000000077"), ("template_name", "sale"), ("field_1", "@{contact_phone}"), ("field_2", "shoes"));
        form.Add(new ByteArrayContent(Png), "header_image_file", "a.png");

        var data = (await client.SendAsync(HttpMethod.Post, "/messages/template", form)).ShouldBe(HttpStatusCode.OK).Data!;

        ((string)data["template_name"]!).ShouldBe("sale");
        ((string)data["language"]!).ShouldBe("en_US"); // the only one that it has
        app.Graph.Calls[^1].Json["template"]!["components"]!.ToJsonString().ShouldBe(
            """[{"type":"header","parameters":[{"type":"image","image":{"id":"media-1"}}]},{"type":"body","parameters":[{"type":"text","text":"\u002B919000000077"},{"type":"text","text":"shoes"}]}]""");
        var one = await client.GetAsync($"/messages/{data["chat_message_id"]}");
        ((string)one.Data!["message"]!).ShouldBe("Hi +919000000077, look at shoes");
        ((string)one.Data["type"]!).ShouldBe("template");
    }

    [Fact]
    public async Task WhatATemplateAsksFor_IsNamed()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        await tenant.AddTemplateAsync("sale", "MARKETING", ImageComponents, "en", headerFormat: "IMAGE");
        await tenant.AddTemplateAsync("paused", status: "PAUSED");

        (await client.PostAsync("/messages/template",
            new { phone = contact.Phone, template_name = "sale", language = "en", field_1 = "x" }))
            .ShouldBeInvalid("field_2", "header_image_url");
        (await client.PostAsync("/messages/template", new { phone = contact.Phone })).ShouldBeInvalid("template_name");
        (await client.PostAsync("/messages/template", new { phone = contact.Phone, template_name = "sale", language = "de" }))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_FOUND");
        (await client.PostAsync("/messages/template", new { phone = contact.Phone, template_name = "paused", language = "en" }))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_APPROVED");
        (await client.PostAsync("/messages/template",
            new { phone = contact.Phone, template_name = "sale", auto_generate_otp = true, otp_field_number = 11 }))
            .ShouldBeInvalid("otp_field_number");
    }

    [Fact]
    public async Task AGeneratedCode_GoesOut_AndIsKeptNowhere()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        await tenant.AddTemplateAsync("code", "AUTHENTICATION", TestTemplates.CodeComponents);

        var reply = (
            await client.PostAsync(
                "/messages/template", new { phone = contact.Phone, template_name = "code", language = "en", auto_generate_otp = true }))
            .ShouldBe(HttpStatusCode.OK);

        var components = app.Graph.Calls[^1].Json["template"]!["components"]!.AsArray();
        var code = (string)components[0]!["parameters"]![0]!["text"]!;
        code.Length.ShouldBe(6);
        ((string)components[1]!["parameters"]![0]!["text"]!).ShouldBe(code); // the button that copies it
        var row = await tenant.MessageAsync((long)reply.Data!["chat_message_id"]!);
        (row.Text + row.Content).ShouldNotContain(code);
        Encoding.UTF8.GetString(reply.Body).ShouldNotContain(code);
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private async Task<(TestTenant Tenant, ApiClient Client, WaCr.Web.Features.Contacts.ContactDetails Contact)> NewWriterAsync()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(app.Time);
        app.Graph.AcceptsEverySend();
        return (tenant, client, contact);
    }
}
