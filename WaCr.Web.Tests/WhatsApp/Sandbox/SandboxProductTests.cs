using System.Text.Json.Nodes;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Templates that show products, from the builder to the phone, and what is refused.</summary>
public sealed class SandboxProductTests : IAsyncLifetime
{
    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("CATALOG", "NONE")]
    [InlineData("MPM", "TEXT")]
    [InlineData("SPM", "PRODUCT")]
    public async Task WhatTheBuilderMakes_IsTaken_AndSent(string button, string header)
    {
        var form = await CreateAsync(button, header);
        var texts = form.Parameters.ToDictionary(parameter => parameter.Field, parameter => parameter.HasLines ? "Tea\ntea-1\ntea-2" : "tea-1");

        (await SendAsync(form.Fill(texts))).Succeeded.ShouldBeTrue();

        _sandbox.Desk.Messages("15551234567", 5)[^1].Content!.ToJsonString().ShouldContain("tea-1");
    }

    [Fact]
    public async Task Items_WithoutProducts_AreRefused()
    {
        await CreateAsync("MPM", "TEXT");

        (await SendAsync(new TemplateContent("show", "en_US"))).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131008);
        var button = new TemplateButton(0, TemplateButtonKind.Items, "tea-1");
        foreach (var sections in new ProductSection[][] { [], [new("", ["1"])], [new("Tea", [])], [new("Tea", [.. Enumerable.Repeat("1", 31)])] })
        {
            (await SendAsync(new TemplateContent("show", "en_US", Buttons: [button with { Sections = sections }]))).Error
                .ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131009);
        }
    }

    private Task<Result<AcceptedMessage>> SendAsync(TemplateContent content) =>
        _sandbox.Client.SendAsync(SandboxHarness.Channel, new(Recipient.ByPhone("15551234567"), content, "ref-1"), default);

    private async Task<TemplateForm> CreateAsync(string button, string header)
    {
        var design = new TemplateDesign
        {
            Name = "show",
            Category = "MARKETING",
            Languages =
            {
                new LanguageDesign { HeaderFormat = header, HeaderText = "New", Body = "Look at this", Buttons = { new ButtonDesign { Kind = button } } },
            },
        };
        var components = TemplateDesignJson.Author(design, design.Languages[0]).Components;
        var (status, json, _) = await _sandbox.CallAsync(
            HttpMethod.Post, $"{SandboxHarness.Number.BusinessAccountId}/message_templates",
            new JsonObject { ["name"] = "show", ["language"] = "en_US", ["category"] = "MARKETING", ["components"] = JsonNode.Parse(components.GetRawText()) }.ToJsonString());
        status.ShouldBe(200, json.ToJsonString());
        _sandbox.Desk.DecideTemplate((string)json["id"]!, "APPROVED", null).OrThrow();
        return TemplateForm.Of("show", "en_US", "MARKETING", "POSITIONAL", components.GetRawText());
    }
}
