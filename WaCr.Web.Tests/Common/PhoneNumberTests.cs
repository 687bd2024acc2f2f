using FsCheck.Xunit;

namespace WaCr.Web.Tests.Common;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+91 95874-22369", "IN", "919587422369")]
    [InlineData("919587422369", "IN", "919587422369")]
    [InlineData("919587422369", "US", "919587422369")]
    [InlineData("9587422369", "IN", "919587422369")]
    [InlineData("09587422369", "IN", "919587422369")]
    [InlineData("(0)9587422369", "IN", "919587422369")]
    [InlineData("+1 (555) 123-4567", "IN", "15551234567")]
    [InlineData("15551234567", "IN", "15551234567")]
    [InlineData("030 123456", "DE", "4930123456")]
    [InlineData("00491711234567", "DE", "491711234567")]
    [InlineData("٠٩٥٨٧٤٢٢٣٦٩", "IN", "919587422369")]
    // Brazil: mobiles had eight digits before they had nine; landlines still have eight.
    [InlineData("+55 11 98765-4321", "BR", "5511987654321")]
    [InlineData("551187654321", "US", "5511987654321")]
    [InlineData("11 8765-4321", "BR", "5511987654321")]
    [InlineData("+55 11 3265-4321", "BR", "551132654321")]
    // Mexico: 1 after the country code until 2020, and still in webhooks.
    [InlineData("+52 1 55 1234 5678", "MX", "525512345678")]
    [InlineData("5215512345678", "US", "525512345678")]
    [InlineData("55 1234 5678", "MX", "525512345678")]
    // Argentina: 9 after the country code for mobiles.
    [InlineData("+54 9 11 2345-6789", "AR", "541123456789")]
    [InlineData("541123456789", "US", "541123456789")]
    [InlineData("011 15 2345-6789", "AR", "541123456789")]
    public void Key_OfEverySpelling_IsTheSame(string entered, string home, string key)
    {
        PhoneNumber.TryParse(entered, home, out var number).ShouldBeTrue();

        number!.Key.ShouldBe(key);
        number.Entered.ShouldBe(entered);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("12")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("91+9587422369")]
    [InlineData("++919587422369")]
    [InlineData("+9195874223691234567")]
    [InlineData("+999 123 456 789")]
    public void TryParse_OfWhatIsNoNumber_SaysNo(string? entered) => PhoneNumber.TryParse(entered, "IN", out _).ShouldBeFalse();

    [Property(MaxTest = 300)]
    public void TryParse_OfAnyText_NeverThrowsAndKeysAreStable(string? text)
    {
        if (PhoneNumber.TryParse(text, "BR", out var number))
        {
            PhoneNumber.TryParse("+" + number.Key, "US", out var again).ShouldBeTrue();
            again!.Key.ShouldBe(number.Key);
        }
    }

    [Theory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("525512345678", "5215512345678")]
    [InlineData("541123456789", "5491123456789")]
    [InlineData("2250112345678", "22512345678")]
    [InlineData("2290197000000", "22997000000")]
    [InlineData("237677123456", "23777123456")]
    [InlineData("24166123456", "2416123456", "24106123456")]
    [InlineData("593987654321", "59387654321")]
    [InlineData("84912345678")]
    [InlineData("84351234567", "841651234567")]
    [InlineData("576012345678", "5712345678")]
    [InlineData("447700900123")]
    public void WaIdsOf_AKey_AreAllFormsThatHaveIt(string key, params string[] older)
    {
        PhoneNumber.WaIdsOf(key).ShouldBe([key, .. older]);
        PhoneNumber.WaIdsOf(key).ShouldAllBe(waId => PhoneNumber.FromWaId(waId)!.Key == key);
    }

    [Theory]
    [InlineData("+5215519932310", "+52 55 1993 2310")]
    [InlineData("+1 (555) 078-3881", "+1 555-078-3881")]
    [InlineData("nobody", "nobody")]
    public void FormatText_WhatIsANumber_IsInternational(string text, string shown) => PhoneNumber.FormatText(text).ShouldBe(shown);

    [Fact]
    public void FormatKey_IsInternational()
    {
        PhoneNumber.FormatKey("919587422369").ShouldBe("+91 95874 22369");
        PhoneNumber.CountryOf("5511987654321").ShouldBe("BR");
    }
}
