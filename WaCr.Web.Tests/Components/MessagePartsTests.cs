using WaCr.Web.Components.Pages.Conversations;

namespace WaCr.Web.Tests.Components;

public sealed class MessagePartsTests
{
    [Fact]
    public void Buttons_AreNamed()
    {
        var parts = MessageParts.Read(
            """{"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Order"},"body":{"text":"Confirm?"},"footer":{"text":"Shop"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}}""");
        (parts.Header, parts.Footer, parts.ListTitle).ShouldBe(("Order", "Shop", null));
        parts.Choices.ShouldBe(["Yes", "No"]);
    }

    [Fact]
    public void RowsOfAList_AreNamed()
    {
        var parts = MessageParts.Read(
            """{"interactive":{"type":"list","action":{"button":"Options","sections":[{"title":"Main","rows":[{"id":"r1","title":"First"}]},{"rows":[{"id":"r2","title":"Second"}]}]}}}""");
        parts.ListTitle.ShouldBe("Options");
        parts.Choices.ShouldBe(["First", "Second"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"interactive":"?","location":[1]}""")]
    public void WhatIsNotUnderstood_IsLeftOut(string? json) => MessageParts.Read(json).Choices.ShouldBeEmpty();
}
