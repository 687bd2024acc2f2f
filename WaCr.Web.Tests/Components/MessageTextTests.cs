using System.Diagnostics;
using WaCr.Web.Components.Pages.Conversations;

namespace WaCr.Web.Tests.Components;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("*bold* and _italic_ and ~gone~", "<strong>bold</strong> and <em>italic</em> and <s>gone</s>")]
    [InlineData("2*3*4 and snake_case_name and a~b~c", "2*3*4 and snake_case_name and a~b~c")]
    [InlineData("* not bold *", "* not bold *")]
    [InlineData("```a\nb```", "<code>a\nb</code>")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("*<img src=x onerror=alert(1)>*", "<strong>&lt;img src=x onerror=alert(1)&gt;</strong>")]
    [InlineData("مرحبا *أحمد*", "مرحبا <strong>أحمد</strong>")]
    public void Marks_AreShown_AndEverythingElseIsText(string text, string html) =>
        Decoded(MessageText.Format(text).Value).ShouldBe(Decoded(html));

    [Fact]
    public void AnAddress_IsALink_WithoutTheSentencesSigns() =>
        MessageText.Format("See https://ex.com/a_b_c?x=1&y=2.").Value.ShouldBe(
            "See <a href=\"https://ex.com/a_b_c?x=1&amp;y=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://ex.com/a_b_c?x=1&amp;y=2</a>.");

    [Theory]
    [InlineData("see https://en.wikipedia.org/wiki/Rook_(chess)", "https://en.wikipedia.org/wiki/Rook_(chess)")]
    [InlineData("(see https://en.wikipedia.org/wiki/Rook_(chess)).", "https://en.wikipedia.org/wiki/Rook_(chess)")]
    [InlineData("(https://ex.com/a)", "https://ex.com/a")]
    [InlineData("https://ex.com/a[1]", "https://ex.com/a[1]")]
    [InlineData("[https://ex.com/a]", "https://ex.com/a")]
    [InlineData("https://ex.com/a(b))", "https://ex.com/a(b)")]
    [InlineData("https://ex.com/(a)?", "https://ex.com/(a)")]
    public void AnAddress_HasTheBracketsThatItOpened(string text, string address) =>
        MessageText.Format(text).Value.ShouldContain($">{address}</a>");

    // WhatsApp lets a customer write so much.
    [Theory]
    [InlineData(")")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("])}")]
    [InlineData(".")]
    [InlineData("*")]
    [InlineData("*a ")]
    [InlineData(" *a")]
    [InlineData("_a*~")]
    [InlineData("`")]
    [InlineData("```a")]
    [InlineData("&<")]
    [InlineData("http://a")]
    [InlineData("https://a ")]
    [InlineData("😀")]
    public async Task ALongMessageOfOneSign_IsShownAtOnce(string part)
    {
        var text = "https://ex.com/" + string.Concat(Enumerable.Repeat(part, 131_072 / part.Length));

        // Milliseconds; looking back at every sign takes minutes.
        var links = await Task.Run(() =>
        {
            _ = MessageText.Format(text);
            _ = MessageText.Format("*" + text[9..] + " _").Value;
            return MessageText.LinksIn(text).Count();
        }).WaitAsync(TimeSpan.FromSeconds(30));

        links.ShouldBe(part.Contains(' ', StringComparison.Ordinal) && part.Contains("http", StringComparison.Ordinal) ? 2 : 1);
    }

    [Theory]
    [InlineData("https://ex.com/\"onmouseover=alert(1)")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://ex.com/<script>")]
    public void AnAddress_BreaksOutOfNothing(string text)
    {
        var html = MessageText.Format(text).Value;
        html.ShouldNotContain("<script");
        html.ShouldNotContain("\"onmouseover");
        html.ShouldNotContain("href=\"javascript");
    }

    // The encoder writes letters beyond Latin as numbers, which read the same.
    private static string Decoded(string html) => System.Text.RegularExpressions.Regex.Replace(
        html, "&#(?<code>\\d+);", match =>
            char.ConvertFromUtf32(int.Parse(match.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture)),
        System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
