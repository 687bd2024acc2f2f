using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>Files and a chosen time in the composer.</summary>
public sealed class MessageBoxTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeWhatsApp _whatsApp = new();
    private readonly List<string?> _sent = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task EnterTwice_SendsEachFileOnce()
    {
        var box = Box(Conversation(), SendAsync);
        Attach(box, "a.pdf", "b.pdf");

        var first = EnterAsync(box, "");
        var second = EnterAsync(box, "");
        _first.SetResult();
        await Task.WhenAll(first, second).WaitAsync(Patience);

        _sent.ShouldBe(["a.pdf", "b.pdf"]);
    }

    [Fact]
    public async Task LeftWhileTheFirstIsSent_AllFilesAreSent()
    {
        await Tenant.ConnectWhatsAppAsync();
        var contact = await Tenant.CreateWriterAsync(Time);
        _whatsApp.AcceptAll();
        _whatsApp.OnUpload = _ => "77";
        var errors = new List<AppError?>();
        var box = Box(Conversation() with { ContactId = contact.Id }, async message =>
        {
            await _first.Task;
            errors.Add((await message.Send()).Error);
            return errors[^1];
        });
        Attach(box, "a.pdf", "b.pdf", "c.pdf");

        var sending = EnterAsync(box, "");
        await Browser.DisposeComponentsAsync();
        _first.SetResult();
        await sending.WaitAsync(Patience);

        errors.ShouldBe([null, null, null]);
        _whatsApp.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task TemplateWithAFile_LeftWhileItIsSent_IsSent()
    {
        await Tenant.ConnectWhatsAppAsync();
        var contact = await Tenant.CreateWriterAsync(Time);
        await Tenant.AddTemplateAsync(
            "offer", components: """[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Look"}]""", body: "Look", headerFormat: "DOCUMENT");
        _whatsApp.AcceptAll();
        _whatsApp.OnUpload = _ => "77";
        var panel = Browser.Render<TemplatePanel>(parameters => parameters
            .Add(p => p.Conversation, Conversation() with { ContactId = contact.Id })
            .Add(p => p.Send, async message =>
            {
                await _first.Task;
                return (await message.Send()).Error;
            }));
        panel.WaitForElement("#template-choice");
        await panel.InvokeAsync(() => panel.FindComponent<Picker>().Instance.ValueChanged.InvokeAsync("offer"));
        panel.FindComponent<InputFile>().UploadFiles(
            InputFileContent.CreateFromBinary(Encoding.ASCII.GetBytes("%PDF-1.4"), "offer.pdf", contentType: "application/pdf"));
        panel.WaitForElement(".picked-file bdi");

        var sending = panel.FindButton("Send template").ClickAsync(new());
        await Browser.DisposeComponentsAsync();
        _first.SetResult();
        await sending.WaitAsync(Patience);

        _whatsApp.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task FileThatIsRefused_IsThereAgain_WithThoseAfterIt()
    {
        _first.SetResult();
        var box = Box(Conversation(), message => Task.FromResult<AppError?>(message.FileName == "b.pdf" ? new OutageError() : null));
        Attach(box, "a.pdf", "b.pdf", "c.pdf");

        await EnterAsync(box, "");

        box.FindAll(".attached bdi").Select(name => name.TextContent).ShouldBe(["b.pdf", "c.pdf"]);
    }

    [Fact]
    public async Task CommentOrPanelBetween_KeepsFilesAndTheChosenTime()
    {
        var composer = Browser.Render<Composer>(parameters => parameters
            .Add(c => c.Conversation, Conversation()).Add(c => c.Send, SendAsync)
            .Add(c => c.Comment, _ => Task.FromResult<AppError?>(null)));
        Attach(composer, "a.pdf");
        await composer.Find("[aria-label='Send later']").ClickAsync(new());
        await composer.FindAll(".offer")[0].ClickAsync(new());

        await composer.Find(".to-note").ClickAsync(new());
        await composer.Find(".to-note").ClickAsync(new());
        await composer.Find("[aria-label='More to send']").ClickAsync(new());
        await Popovers.FindAll(".mud-menu-item").Single(item => item.TextContent.Trim() == "Send a template").ClickAsync(new());
        await composer.WaitForElement("[aria-label='Back to the message box']").ClickAsync(new());

        composer.Find(".attached bdi").TextContent.ShouldBe("a.pdf");
        composer.Find(".later").TextContent.ShouldContain("Scheduled for");
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(_whatsApp);

    private static void Attach(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> box, params string[] names)
    {
        box.FindComponent<InputFile>().UploadFiles(
            [.. names.Select(name => InputFileContent.CreateFromBinary(Encoding.ASCII.GetBytes("%PDF-1.4 " + name), name, contentType: "application/pdf"))]);
        box.WaitForAssertion(() => box.FindAll(".attached bdi").Count.ShouldBe(names.Length));
    }

    private static Task EnterAsync(IRenderedComponent<MessageBox> box, string text) =>
        box.Find("textarea").TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = text });

    private IRenderedComponent<MessageBox> Box(OpenConversation conversation, Func<PendingMessage, Task<AppError?>> send) =>
        Browser.Render<MessageBox>(parameters => parameters.Add(b => b.Conversation, conversation).Add(b => b.Send, send));

    private async Task<AppError?> SendAsync(PendingMessage message)
    {
        await _first.Task;
        _sent.Add(message.FileName);
        return null;
    }

    private static OpenConversation Conversation() => new(
        1, 1, "Ann Lee", "+447700900123", "447700900123", IsOptedOut: false, IsGone: false, null, DateTimeOffset.MaxValue, 0, "Shop");
}
