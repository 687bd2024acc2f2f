using Bunit;
using MudBlazor;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Components;

/// <summary>Pictures and videos in full, over the page.</summary>
public sealed class MediaViewerTests : ComponentTest
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public async Task Arrows_WalkThroughTheFiles_AndBeginAnew()
    {
        await OpenAsync(2);
        Dialogs.Find(".viewer img").GetAttribute("src").ShouldBe("/files/20?message=2");
        Dialogs.Find(".who strong").TextContent.ShouldBe("Asha Patel");
        Dialogs.Find(".who time").GetAttribute("datetime").ShouldStartWith("2026-03-04T05:06:07");
        Dialogs.Find("[role=status]").TextContent.ShouldBe("2 of 3");
        Dialogs.Find("a[download]").GetAttribute("href").ShouldBe("/files/20?message=2");

        await Dialogs.Find("[data-arrow='ArrowRight']").ClickAsync(new());
        Dialogs.Find(".viewer video").GetAttribute("src").ShouldBe("/files/30?message=3");
        await Dialogs.Find("[data-arrow='ArrowRight']").ClickAsync(new());
        Dialogs.Find(".viewer img").GetAttribute("src").ShouldBe("/files/10?message=1");
        Dialogs.Find(".caption").TextContent.ShouldBe("A kettle");
        await Dialogs.Find("[data-arrow='ArrowLeft']").ClickAsync(new());
        Dialogs.FindAll(".viewer video").Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnUnknownFile_OpensNothing()
    {
        await OpenAsync(99);

        Dialogs.FindAll(".viewer").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MessageType.Image, null, false)]
    [InlineData(MessageType.Video, null, true)]
    [InlineData(MessageType.Template, "video/mp4", true)]
    [InlineData(MessageType.Template, "application/pdf", null)]
    [InlineData(MessageType.Document, "image/png", null)]
    public void OnlyPicturesAndVideos_AreShown(MessageType type, string? contentType, bool? isVideo)
    {
        var item = new CollectedMessage(1, 1, 1, "Asha", MessageDirection.Inbound, type, "", null, At)
        {
            File = new ConversationFile(10, MediaState.Stored, null, contentType, 1, false),
        };

        (MediaItem.Of(item, "Asha") is { } shown ? shown.IsVideo : (bool?)null).ShouldBe(isVideo);
        MediaItem.Of(item with { File = null }, "Asha").ShouldBeNull();
    }

    [Fact]
    public async Task PictureOfTheGallery_OpensWithTheOthers()
    {
        CollectedMessage Item(long id) => new(id, 1, 1, "Asha", MessageDirection.Inbound, MessageType.Image, "", null, At)
        {
            File = new ConversationFile(id * 10, MediaState.Stored, null, "image/png", 1, false),
        };
        var list = Browser.Render<CollectedList>(
            parameters => parameters.Add(l => l.Items, [Item(1), Item(2)]).Add(l => l.Kind, CollectionKind.Files));

        await list.FindAll(".gallery a:has(img)")[1].ClickAsync(new());

        Dialogs.WaitForElement(".viewer img").GetAttribute("src").ShouldBe("/files/20?message=2");
        Dialogs.Find("[role=status]").TextContent.ShouldBe("2 of 2");
    }

    private Task OpenAsync(long first) => Dialogs.InvokeAsync(() => MediaViewer.ShowAsync(
        Browser.Services.GetRequiredService<IDialogService>(),
        [
            new MediaItem(1, 10, false, "You", At, "A kettle"), new MediaItem(2, 20, false, "Asha Patel", At, ""),
            new MediaItem(3, 30, true, "Asha Patel", At, ""),
        ],
        first));
}
