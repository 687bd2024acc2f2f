using WaCr.Web.Components.Pages.Conversations;

namespace WaCr.Web.Tests.Components;

public sealed class MessagePartsTests
{
    private const string Template =
        """{"type":"template","template":{"name":"order"},"snapshot":{"format":"TEXT","header":"Order 7","footer":"Shop","buttons":[{"type":"URL","text":"Track"},{"type":"OTP"}]}}""";

    [Fact]
    public void Buttons_AreNamed()
    {
        var parts = MessageParts.Read(
            """{"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Order"},"body":{"text":"Confirm?"},"footer":{"text":"Shop"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}}""");
        (parts.Header, parts.Footer, parts.ListTitle).ShouldBe(("Order", "Shop", null));
        parts.Buttons.ShouldBe([new("QUICK_REPLY", "Yes"), new("QUICK_REPLY", "No")]);
    }

    [Fact]
    public void Link_IsAButton() => MessageParts.Read(
        """{"interactive":{"type":"cta_url","action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://ex.com/"}}}}""")
        .Buttons.ShouldBe([new("URL", "Open")]);

    [Fact]
    public void List_IsItsButtonAndItsRows()
    {
        var parts = MessageParts.Read(
            """{"interactive":{"type":"list","action":{"button":"Options","sections":[{"title":"Main","rows":[{"id":"r1","title":"First","description":"Of all"}]},{"rows":[{"id":"r2","title":"Second"}]}]}}}""");
        parts.ListTitle.ShouldBe("Options");
        parts.Buttons.ShouldBeEmpty();
        parts.Sections.Select(section => section.Title).ShouldBe(["Main", null]);
        parts.Sections.SelectMany(section => section.Rows).ShouldBe([new("First", "Of all"), new("Second", null)]);
    }

    [Fact]
    public void Template_WithALook_IsTakenApart()
    {
        var parts = MessageParts.Read(Template, "Order 7\n\nHi Ann,\n\nit is on its way.\n\nShop");

        (parts.Header, parts.HeaderFormat, parts.Body, parts.Footer).ShouldBe(("Order 7", null, "Hi Ann,\n\nit is on its way.", "Shop"));
        parts.Buttons.ShouldBe([new("URL", "Track"), new("OTP", null)]);
    }

    [Fact]
    public void Text_ThatIsNotMadeOfTheLook_IsShownWhole()
    {
        var parts = MessageParts.Read(Template, "Something else");

        (parts.Header, parts.Body, parts.Footer).ShouldBe((null, null, null));
        parts.Buttons.Count.ShouldBe(2);
    }

    [Fact]
    public void FileAtTheTop_IsNamedWithItsAddress()
    {
        var parts = MessageParts.Read(
            """{"type":"template","template":{"components":[{"type":"header","parameters":[{"type":"document","document":{"link":"https://ex.com/a.pdf","filename":"a.pdf"}}]}]},"snapshot":{"format":"DOCUMENT"}}""", "Hi");

        (parts.HeaderFormat, parts.HeaderLink, parts.HeaderName, parts.Body).ShouldBe(("DOCUMENT", "https://ex.com/a.pdf", "a.pdf", "Hi"));
    }

    [Fact]
    public void Cards_StandAfterTheFooter()
    {
        var parts = MessageParts.Read(
            """{"type":"template","snapshot":{"cards":[{"format":"IMAGE","body":"Tea","buttons":[{"type":"URL","text":"Buy"}]},{"format":"VIDEO"}]}}""", "Look\n\nTea");

        parts.Body.ShouldBe("Look");
        parts.Cards.Select(card => (card.Format, card.Body, card.Buttons.Count)).ShouldBe([("IMAGE", "Tea", 1), ("VIDEO", null, 0)]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"interactive":"?","location":[1]}""")]
    [InlineData("""{"template":{"name":"order"},"snapshot":[]}""")]
    public void WhatIsNotUnderstood_IsLeftOut(string? json) => MessageParts.Read(json).Buttons.ShouldBeEmpty();
}
