using FsCheck;
using FsCheck.Xunit;

namespace WaCr.Web.Tests.Common;

public sealed class TextCutTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀c", 3, "ab")]
    [InlineData("ab😀c", 4, "ab😀")]
    [InlineData("a👩‍👩‍👧b", 5, "a")]
    [InlineData("ae\u0301b", 2, "a")]
    [InlineData("नमस्ते", 1, "न")]
    [InlineData("😀", 1, "")]
    [InlineData("", 3, "")]
    [InlineData("abc", 0, "")]
    [InlineData(null, 3, null)]
    public void Cut_EndsWithAWholeCharacter(string? text, int max, string? cut) => text.Cut(max).ShouldBe(cut);

    [Theory]
    [InlineData("abcd", 3, "bcd")]
    [InlineData("a😀b", 2, "b")]
    [InlineData("a😀b", 3, "😀b")]
    public void CutStart_BeginsWithAWholeCharacter(string text, int max, string cut) => text.CutStart(max).ShouldBe(cut);

    [Property]
    public void Cut_OfStorableText_IsStorable_AndNoLonger(NonNull<string> text, byte max)
    {
        var emoji = string.Concat(text.Get.Where(letter => !char.IsSurrogate(letter) && letter != '\0')) + "👩🏽‍🚀 tail 😀";

        var cut = emoji.Cut(max);

        cut.Length.ShouldBeLessThanOrEqualTo(max);
        emoji.ShouldStartWith(cut);
        TextRule.IsStorable(cut).ShouldBeTrue();
    }
}
