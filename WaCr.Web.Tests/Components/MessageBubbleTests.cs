using System.Text.Json.Nodes;
using Bunit;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Components;

/// <summary>Each kind of message in a conversation: none is an empty bubble.</summary>
public sealed class MessageBubbleTests : ComponentTest
{
    [Fact]
    public void Order_IsATableWithItsSum()
    {
        var bubble = Show(MessageType.Order, """
            {"type":"order","order":{"catalog_id":"1","text":"Please hurry","product_items":[{"product_retailer_id":"BREAD","quantity":3,"item_price":30,"currency":"INR"},{"product_retailer_id":"TEA","quantity":1,"item_price":12.5,"currency":"INR"}]}}
            """, "3 × BREAD");

        bubble.FindAll(".order tbody tr").Select(row => row.TextContent).ShouldBe(["BREAD330\u00A0INR", "TEA112.50\u00A0INR"]);
        bubble.Find(".order tfoot td").TextContent.ShouldBe("102.50\u00A0INR");
        bubble.Find(".text").TextContent.ShouldBe("Please hurry");
        bubble.Markup.ShouldNotContain("3 × BREAD");
    }

    [Fact]
    public void FormAnswers_AreATable()
    {
        var bubble = Show(MessageType.Interactive, """
            {"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{\"flow_token\":\"t\",\"favourite_day\":\"Monday\"}"}}}
            """);

        bubble.Find(".answers tr").TextContent.ShouldBe("favourite dayMonday");
    }

    [Fact]
    public void Cards_CanBeSavedAsContacts()
    {
        var bubble = Show(MessageType.Contacts, """
            {"type":"contacts","contacts":[{"name":{"formatted_name":"Asha Patel"},"org":{"company":"Acme"},"phones":[{"phone":"+91 98200 00199"}],"emails":[{"email":"asha@example.com"}]}]}
            """, "Asha Patel: +91 98200 00199");

        bubble.Find(".card").TextContent.ShouldContain("Acme");
        bubble.Find(".card a").GetAttribute("href").ShouldBe("/contacts/new?firstname=Asha&lastname=Patel&phone=%2B91%2098200%2000199&email=asha@example.com");
    }

    [Fact]
    public void Place_LeadsToTheMap()
    {
        var bubble = Show(MessageType.Location, """{"type":"location","location":{"latitude":22.3,"longitude":73.1,"name":"Shop","address":"Station Road"}}""", "Shop, Station Road");

        bubble.Find(".text").TextContent.ShouldBe("Shop, Station Road");
        bubble.Find(".place a").GetAttribute("href").ShouldBe("https://www.google.com/maps/search/?api=1&query=22.3%2C73.1");
    }

    [Fact]
    public void Ad_HasHeadlinePictureAndLink_AndNoOtherAddress()
    {
        var bubble = Show(MessageType.Text, """
            {"type":"text","text":{"body":"Hi"},"referral":{"source_url":"https://fb.test/ad","source_type":"ad","headline":"Sale","body":"Half price","media_type":"image","image_url":"https://fb.test/a.jpg"}}
            """, "Hi");

        bubble.Find(".ad strong").TextContent.ShouldBe("Sale");
        bubble.Find(".ad img").GetAttribute("src").ShouldBe("https://fb.test/a.jpg");
        bubble.Find(".ad a").GetAttribute("href").ShouldBe("https://fb.test/ad");
        bubble.Find(".text").TextContent.ShouldBe("Hi");

        var bad = Show(MessageType.Text, """{"type":"text","text":{"body":"Hi"},"referral":{"source_url":"javascript:alert(1)","headline":"Sale","media_type":"image","image_url":"data:x"}}""", "Hi");
        bad.FindAll(".ad a, .ad img").ShouldBeEmpty();
    }

    [Fact]
    public void Product_IsNamed() => Show(
        MessageType.Text, """{"type":"text","text":{"body":"Price?"},"context":{"referred_product":{"catalog_id":"1","product_retailer_id":"BREAD"}}}""", "Price?")
        .Markup.ShouldContain("BREAD");

    [Theory]
    [InlineData(MessageType.Unknown, """{"type":"hologram","hologram":{"depth":3}}""", "hologram")]
    [InlineData(MessageType.Unknown, """{"type":"unsupported","unsupported":{"type":"video_note"}}""", "can't be shown yet: video_note")]
    [InlineData(MessageType.Unknown, """{"type":"unsupported","unsupported":{"type":"video_note"},"errors":[{"code":131051}]}""", "can't be shown yet: video_note")]
    [InlineData(MessageType.Unknown, """{"type":"unsupported","errors":[{"code":131051}]}""", "can't be shown yet")]
    [InlineData(MessageType.Interactive, """{"type":"interactive","interactive":{"type":"dance"}}""", "can't be shown yet: dance")]
    [InlineData(MessageType.System, """{"type":"system","system":{}}""", "Notice from WhatsApp")]
    [InlineData(MessageType.Sticker, """{"type":"sticker","sticker":{}}""", "Sticker")]
    [InlineData(MessageType.Audio, """{"type":"audio","audio":{}}""", "Voice message")]
    [InlineData(MessageType.Text, null, "A message without text")]
    [InlineData(MessageType.Interactive, """{"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}}""", "May be called")]
    public void MessageWithoutText_SaysWhatItIs(MessageType type, string? content, string says) =>
        Show(type, content).Find(".bubble").TextContent.ShouldContain(says);

    [Fact]
    public void Fault_OfAFile_IsTold() => Show(Message(MessageType.Unknown, """{"type":"unsupported","errors":[{"code":131052}]}""", "") with { Error = "The media file is too large." })
        .Find(".why").TextContent.ShouldContain("The media file is too large.");

    [Fact]
    public void EditedAndRevoked_AreTold()
    {
        var bubble = Show(Message(MessageType.Text, null, "Better") with { EditedAt = At, RevokedAt = At });

        bubble.Markup.ShouldContain("edited");
        bubble.Markup.ShouldContain("The customer deleted this message");
    }

    [Fact]
    public void Reactions_StandAtTheirMessage() =>
        Show(Message(MessageType.Text, null, "Hi") with { Reactions = [new ShownReaction("👍", true), new ShownReaction("❤️", false)] })
            .Find(".reactions").TextContent.ShouldBe("👍❤️");

    [Fact]
    public void Quotation_LeadsToItsMessage()
    {
        var bubble = Browser.Render<MessageBubble>(parameters => parameters
            .Add(b => b.Message, Message(MessageType.Text, null, "Yes")).Add(b => b.Quoted, new QuotedMessage(7, "", MessageType.Image))
            .Add(b => b.QuotedLink, "/conversations/1?message=7"));

        var link = bubble.Find("blockquote a");
        (link.TextContent, link.GetAttribute("href"), link.GetAttribute("data-show")).ShouldBe(("Photo", "/conversations/1?message=7", "message-7"));
    }

    [Fact]
    public async Task Menu_IsThereOnlyForWhoMayAnswer()
    {
        Show(MessageType.Text, null, "Hi").FindAll(".more").ShouldBeEmpty();
        var opened = 0;
        var bubble = Browser.Render<MessageBubble>(parameters => parameters.Add(b => b.Message, Message(MessageType.Text, null, "Hi")).Add(b => b.Menu, () => opened++));

        await bubble.Find(".more").ClickAsync(new());

        opened.ShouldBe(1);
    }

    [Fact]
    public void SentTemplate_LooksAsOnThePhone()
    {
        var bubble = Show(Message(
            MessageType.Template,
            """{"type":"template","template":{"name":"order"},"snapshot":{"format":"TEXT","header":"Order 7","footer":"Shop","buttons":[{"type":"URL","text":"Track"},{"type":"OTP"}]}}""",
            "Order 7\n\nHi Ann\n\nShop"));

        bubble.Find("strong").TextContent.ShouldBe("Order 7");
        bubble.Find(".text").TextContent.ShouldBe("Hi Ann");
        bubble.Find("p.quiet").TextContent.ShouldBe("Shop");
        bubble.FindAll(".buttons li").Select(button => button.TextContent).ShouldBe(["Track", "Copy code"]);
    }

    [Fact]
    public void TemplateOfBefore_IsShownAsItsText()
    {
        var bubble = Show(Message(MessageType.Template, """{"type":"template","template":{"name":"order"}}""", "Order 7\n\nHi Ann\n\nShop"));

        bubble.Find(".text").TextContent.ShouldBe("Order 7\n\nHi Ann\n\nShop");
        bubble.FindAll("strong, .buttons, .message-media").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://ex.com/film.mp4", true)]
    [InlineData("javascript:alert(1)", false)]
    public void HeaderAtAnAddress_IsALink_AndNotLoaded(string link, bool leads)
    {
        var content = JsonNode.Parse(
            """{"template":{"components":[{"type":"header","parameters":[{"type":"video","video":{}}]}]},"snapshot":{"format":"VIDEO"}}""")!;
        content["template"]!["components"]![0]!["parameters"]![0]!["video"]!["link"] = link;

        var bubble = Show(MessageType.Template, content.ToJsonString(), "Hi");

        bubble.FindAll("a.message-media").Select(file => file.GetAttribute("href")).ShouldBe(leads ? [link] : []);
        bubble.Find(".message-media").TextContent.ShouldBe("Video");
        bubble.FindAll("video, img").ShouldBeEmpty();
    }

    [Fact]
    public void SentList_IsItsButtonAndItsRows()
    {
        var bubble = Show(
            MessageType.Interactive,
            """{"type":"interactive","interactive":{"type":"list","body":{"text":"When?"},"action":{"button":"Times","sections":[{"title":"Saturday","rows":[{"id":"r1","title":"Ten","description":"Early"}]}]}}}""", "When?");

        bubble.Find("summary").TextContent.ShouldBe("Times");
        bubble.FindAll(".list-rows li").Select(row => row.TextContent).ShouldBe(["Saturday", "TenEarly"]);
        bubble.FindAll(".buttons").ShouldBeEmpty();
    }

    public static TheoryData<MessageType, MessageDirection> EveryKind
    {
        get
        {
            var all = new TheoryData<MessageType, MessageDirection>();
            foreach (var type in Enum.GetValues<MessageType>())
            {
                all.Add(type, MessageDirection.Inbound);
                all.Add(type, MessageDirection.Outbound);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void BubbleOfNoKind_IsEmpty(MessageType type, MessageDirection direction)
    {
        foreach (var content in new[] { null, "{}", $$$"""{"type":"{{{type}}}","{{{type}}}":{}}""" })
        {
            var bubble = Show(Message(type, content, "") with { Direction = direction }).Find(".bubble");
            bubble.QuerySelector("footer")!.Remove();
            bubble.TextContent.ShouldNotBeNullOrWhiteSpace(content);
        }
    }

    [Theory]
    [InlineData(MessageType.Image, "image/png", "a img", "/files/7?message=12")]
    [InlineData(MessageType.Sticker, "image/webp", "a img", "/files/7?message=12")]
    [InlineData(MessageType.Video, "video/mp4", "video[controls]", "/files/7?message=12")]
    [InlineData(MessageType.Audio, "audio/ogg", "audio[controls]", "/files/7?message=12")]
    public void File_IsSeenOrHeardInPlace(MessageType type, string contentType, string element, string source) =>
        Show(Message(type, null, "") with { File = new ConversationFile(7, MediaState.Stored, null, contentType, 2_048, false) })
            .Find(element).GetAttribute("src").ShouldBe(source);

    [Fact]
    public void Document_IsALinkWithItsNameAndSize()
    {
        var link = Show(Message(MessageType.Document, null, "Your invoice") with
        {
            File = new ConversationFile(7, MediaState.Stored, "invoice.pdf", "application/pdf", 2_400_000, false),
        });

        (link.Find("a.message-file").GetAttribute("href"), link.Find("a.message-file").TextContent).ShouldBe(("/files/7?message=12", "invoice.pdf2.3 MB"));
        link.Find(".text").TextContent.ShouldBe("Your invoice");
    }

    [Theory]
    [InlineData(MediaState.Waiting, "Downloading the file")]
    [InlineData(MediaState.Failed, "The file could not be downloaded from WhatsApp")]
    public void FileThatIsNotHere_SaysWhy(MediaState state, string says) =>
        Show(Message(MessageType.Image, null, "") with { File = new ConversationFile(null, state, null, null, 0, false) })
            .Find(".file-wait").TextContent.ShouldContain(says);

    [Theory]
    [InlineData("""{"type":"text","context":{"forwarded":true}}""", "Forwarded")]
    [InlineData("""{"type":"text","context":{"frequently_forwarded":true}}""", "Forwarded many times")]
    [InlineData("""{"type":"text","referral":{"source_type":"post","headline":"New"}}""", "Came from a post")]
    [InlineData("""{"type":"text","referral":{"source_type":"ad","headline":"New"}}""", "Came from an ad")]
    public void WhereItComesFrom_StandsAbove(string content, string says) =>
        Show(MessageType.Text, content, "Hi").Find(".bubble > p.quiet").TextContent.ShouldBe(says);

    [Theory]
    [InlineData("👍", "👍")]
    [InlineData("", "Removed the reaction")]
    public void ReactionToAMessageThatIsNotHere_IsShown(string emoji, string says) =>
        Show(MessageType.Reaction, $$$"""{"type":"reaction","reaction":{"message_id":"wamid.old","emoji":"{{{emoji}}}"}}""", emoji)
            .Find(".emoji").TextContent.ShouldBe(says);

    [Theory]
    [InlineData("""{"duration":0}""", "Called at 05:06, not answered")]
    [InlineData("""{"status":"FAILED"}""", "Called at 05:06, not answered")]
    [InlineData("""{"status":"MISSED"}""", "Missed call at 05:06")]
    [InlineData("""{"status":"REJECTED"}""", "Declined call at 05:06")]
    [InlineData("""{"status":"COMPLETED"}""", "Called at 05:06, answered")]
    [InlineData("""{"duration":190}""", "Called at 05:02, answered (3 min)")]
    [InlineData("""{"duration":40,"start_time":"1772600400"}""", "Called at 05:00, answered (under a minute)")]
    public void Call_IsOneSentenceWithItsTime(string call, string sentence) =>
        Show(MessageType.Call, $$"""{"type":"call","call":{{call}}}""").Find(".bubble").TextContent.Trim().ShouldBe(sentence);

    [Theory]
    [InlineData(MessageType.Button, """{"type":"button","button":{"text":"Track it","payload":"TRACK"}}""", "Track it")]
    [InlineData(MessageType.Interactive, """{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Ten"}}}""", "Ten")]
    public void Choice_IsItsWords(MessageType type, string content, string words) =>
        Show(type, content, words).Find(".text").TextContent.ShouldBe(words);

    [Theory]
    [InlineData("""{"type":"button","body":{"text":"?"},"action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}}]}}""", "Yes")]
    [InlineData("""{"type":"cta_url","body":{"text":"?"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://ex.com"}}}""", "Open")]
    [InlineData("""{"type":"location_request_message","body":{"text":"?"},"action":{"name":"send_location"}}""", "Send location")]
    [InlineData("""{"type":"request_contact_info","body":{"text":"?"},"action":{"name":"request_contact_info"}}""", "Send number")]
    public void SentButtons_StandBelow(string interactive, string button) =>
        Show(Message(MessageType.Interactive, $$"""{"type":"interactive","interactive":{{interactive}}}""", "?") with { Direction = MessageDirection.Outbound })
            .FindAll(".buttons li").Select(shown => shown.TextContent).ShouldBe([button]);

    [Fact]
    public void OurOwnThatFailed_SaysWhyAndWhatToDo()
    {
        var why = Show(Message(MessageType.Text, null, "Hi") with
        {
            Direction = MessageDirection.Outbound,
            Status = MessageStatus.Failed,
            ErrorCode = 131026,
            Error = "Message undeliverable",
        }).Find(".why");

        why.TextContent.ShouldContain("Not sent");
        why.TextContent.ShouldContain("This number can't be reached on WhatsApp");
    }

    [Fact]
    public void HeldByWhatsApp_IsSaidWithItsReason_AndIsNotTickedAsSent()
    {
        var bubble = Show(Message(MessageType.Template, null, "Hi") with
        {
            Direction = MessageDirection.Outbound,
            Status = MessageStatus.Accepted,
            State = OutboxState.HeldByWhatsApp,
        });

        bubble.Find("[data-held]").TextContent.ShouldStartWith("Held by WhatsApp");
        bubble.Find(".ticks").GetAttribute("aria-label").ShouldBe("Held by WhatsApp");
    }

    [Fact]
    public void Starred_IsMarked() => Show(Message(MessageType.Text, null, "Hi") with { IsStarred = true }).Find("footer [aria-label=Starred]").ShouldNotBeNull();

    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static ConversationMessage Message(MessageType type, string? content, string text) => new(
        12, MessageDirection.Inbound, type, MessageStatus.Delivered, null, text, content, "wamid.1", null, null, null, null, null, At,
        null, null, null, null);

    private IRenderedComponent<MessageBubble> Show(MessageType type, string? content, string text = "") => Show(Message(type, content, text));

    private IRenderedComponent<MessageBubble> Show(ConversationMessage message) =>
        Browser.Render<MessageBubble>(parameters => parameters.Add(b => b.Message, message));
}
