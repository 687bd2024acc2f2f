using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>The product's client makes and changes templates at the sandbox.</summary>
public sealed class SandboxTemplateChangesTests : IAsyncLifetime
{
    private const string Body = """{"type":"BODY","text":"Hi {{1}}, all is well.","example":{"body_text":[["Asha"]]}}""";
    private SandboxHarness _sandbox = null!;

    private IWhatsAppClient Client => _sandbox.Client;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Template_Created_IsPendingThenApproved_AndReadWithItsQuality()
    {
        var created = (await CreateAsync("all_well", $"[{Body}]")).OrThrow();
        created.Status.ShouldBe("PENDING");
        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));
        await _sandbox.ReceiveAsync();

        var found = (await Client.FindTemplateAsync(SandboxHarness.Channel, created.Id, default)).OrThrow();

        (found.Name, found.Language, found.Status, found.Category, found.ParameterFormat).ShouldBe(("all_well", "en_US", "APPROVED", "UTILITY", "POSITIONAL"));
        (found.Quality, found.RejectedReason, found.MessageSendTtlSeconds).ShouldBe(("UNKNOWN", "NONE", 600));
    }

    [Fact]
    public async Task Refusal_OfATemplate_ComesWithMetasWords()
    {
        await CreateAsync("all_well", $"[{Body}]");

        var refused = (await CreateAsync("all_well", $"[{Body}]")).Error.ShouldBeOfType<WhatsAppRefused>();

        (refused.Code, refused.Subcode).ShouldBe((100, 2388024));
        refused.UserTitle.ShouldBe("Content in this language already exists");
        refused.UserMessage.ShouldBe("There is already en_US content for all_well.");
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("audio/ogg", false)]
    public async Task Sample_Uploaded_IsTheHeadersExample(string type, bool isTaken)
    {
        using var file = new MemoryStream([1, 2, 3]);
        var handle = await Client.UploadSampleAsync(SandboxHarness.Channel, new MediaUpload(file, type, "a file.png"), default);
        handle.Succeeded.ShouldBe(isTaken);
        if (isTaken)
        {
            var header = $$$"""{"type":"HEADER","format":"IMAGE","example":{"header_handle":["{{{handle.Value}}}"]}}""";
            (await CreateAsync("with_picture", $"[{header},{Body}]")).Succeeded.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Edit_LeavesAloneWhatItDoesNotName()
    {
        var id = await ApprovedAsync("all_well");

        (await Client.EditTemplateAsync(SandboxHarness.Channel, id, new TemplateEdit(null, null, 120), default)).OrThrow();

        var found = (await Client.FindTemplateAsync(SandboxHarness.Channel, id, default)).OrThrow();
        (found.Status, found.MessageSendTtlSeconds).ShouldBe(("APPROVED", 120));
        found.Components[0].GetProperty("text").GetString().ShouldBe("Hi {{1}}, all is well.");
    }

    [Fact]
    public async Task Edit_OfTheText_IsReviewedAndToldAsNewComponents()
    {
        var id = await ApprovedAsync("all_well");

        (await Client.EditTemplateAsync(SandboxHarness.Channel, id, new TemplateEdit(null, JsonElement.Parse(
            """[{"type":"BODY","text":"Hello {{1}}, all is very well.","example":{"body_text":[["Asha"]]}}]"""), null), default)).OrThrow();
        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));

        var heard = new List<HeardEvent> { await _sandbox.ReceiveAsync(), await _sandbox.ReceiveAsync() };
        heard.Select(post => (string)post.Changes[0]["field"]!).ShouldBe(["message_template_components_update", "message_template_status_update"], ignoreOrder: true);
        var changed = heard.Single(post => (string)post.Changes[0]["field"]! == "message_template_components_update").Value;
        ((string)changed["message_template_element"]!).ShouldBe("Hello {{1}}, all is very well.");
        (await Client.EditTemplateAsync(SandboxHarness.Channel, id, new TemplateEdit("MARKETING", null, null), default))
            .Error.ShouldBeOfType<WhatsAppRefused>();
    }

    [Fact]
    public async Task Paused_IsUnpaused_Once()
    {
        var id = await ApprovedAsync("all_well");
        _sandbox.Desk.DecideTemplate(id, "PAUSED", null).OrThrow();
        await _sandbox.ReceiveAsync();

        (await Client.UnpauseTemplateAsync(SandboxHarness.Channel, id, default)).OrThrow();

        ((string)(await _sandbox.ReceiveAsync()).Value["event"]!).ShouldBe("UNPAUSED");
        (await Client.UnpauseTemplateAsync(SandboxHarness.Channel, id, default)).Error.ShouldBeOfType<WhatsAppRefused>()
            .Subcode.ShouldBe(2388039);
    }

    [Fact]
    public async Task Archived_IsToldAndTakenBack()
    {
        var id = await ApprovedAsync("all_well");

        (await Client.ArchiveTemplatesAsync(SandboxHarness.Channel, [id], archived: true, default)).OrThrow();
        ((string)(await _sandbox.ReceiveAsync()).Value["event"]!).ShouldBe("ARCHIVED");
        (await Client.FindTemplateAsync(SandboxHarness.Channel, id, default)).OrThrow().Status.ShouldBe("ARCHIVED");

        (await Client.ArchiveTemplatesAsync(SandboxHarness.Channel, [id], archived: false, default)).OrThrow();
        ((string)(await _sandbox.ReceiveAsync()).Value["event"]!).ShouldBe("UNARCHIVED");
        (await Client.ArchiveTemplatesAsync(SandboxHarness.Channel, ["1"], archived: true, default)).Error.ShouldBeOfType<WhatsAppRefused>();
    }

    [Fact]
    public async Task Deleted_IsGone()
    {
        var id = await ApprovedAsync("all_well");

        (await Client.DeleteTemplateAsync(SandboxHarness.Channel, "all_well", id, default)).OrThrow();

        (await Client.FindTemplateAsync(SandboxHarness.Channel, id, default)).Succeeded.ShouldBeFalse();
        (await Client.DeleteTemplateAsync(SandboxHarness.Channel, "all_well", null, default)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Review_ThatWaitsForAPerson_IsDecidedByHandAlone()
    {
        _sandbox.Desk.Behave(new JsonObject { ["reviews_by_itself"] = false });
        var created = (await CreateAsync("all_well", $"[{Body}]")).OrThrow();
        _sandbox.Time.Advance(TimeSpan.FromDays(1));
        (await Client.FindTemplateAsync(SandboxHarness.Channel, created.Id, default)).OrThrow().Status.ShouldBe("PENDING");

        _sandbox.Desk.DecideTemplate(created.Id, "REJECTED", "PROMOTIONAL").OrThrow();

        (await Client.FindTemplateAsync(SandboxHarness.Channel, created.Id, default)).OrThrow().RejectedReason.ShouldBe("PROMOTIONAL");
        ((string)(await _sandbox.ReceiveAsync()).Value["reason"]!).ShouldBe("PROMOTIONAL");
    }

    private async Task<string> ApprovedAsync(string name)
    {
        var created = (await CreateAsync(name, $"[{Body}]")).OrThrow();
        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));
        await _sandbox.ReceiveAsync();
        return created.Id;
    }

    private Task<Result<CreatedTemplate>> CreateAsync(string name, string components) => Client.CreateTemplateAsync(
        SandboxHarness.Channel, new TemplateSubmission(name, "en_US", "UTILITY", "POSITIONAL", JsonElement.Parse(components), 600), default);
}
