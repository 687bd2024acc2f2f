using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace WaCr.Web.Tests.Common;

/// <summary>Telephone numbers as they are copied out of chats, web pages and spreadsheets.</summary>
public sealed class PhoneTextTests
{
    private static readonly string[] Numbers = ["919587422369", "5511987654321", "4930123456", "12025550143", "966501234567",
        "541123456789", "2250701234567"];

    // What may stand between two digits and is no part of a number.
    private static readonly string[] Between =
        ["", "\u200B", "\u200E", "\u200F", "\u202A", "\u202C", "\u2066", "\u2069", "\uFEFF", "\u00AD", "\u2060", " ", "\u00A0", "\u202F",
            "\u2009", "\u3000", "-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\uFF0D", ".", "\u00B7"];

    private static readonly string[] Before =
        ["", "tel:", "TEL: ", "p:", "Mobile: ", "Tel. ", "WhatsApp: ", "\u202A", "\u200B", "'", "\u0647\u0627\u062A\u0641: ", " ",
            "\uFEFF", "tel://"];

    private static readonly string[] After = ["", " x12", " ext. 12", ";ext=12", " #7", "\u202C", " ", "\u200F", ", ext 300",
        " extension 4", "\u00A0", "  доб. 12"];

    public static TheoryData<string, string, string> Notations => new()
    {
        { "\u202A+91 98117 00001\u202C", "US", "919811700001" },
        { "\u200B+919811700003", "US", "919811700003" },
        { "+91\u201198117\u201100005", "US", "919811700005" },
        { "\uFEFF+919811700008", "US", "919811700008" },
        { "\uFF0B\uFF19\uFF11\uFF19\uFF18\uFF11\uFF11\uFF17\uFF10\uFF10\uFF10\uFF10\uFF11", "US", "919811700001" },
        { "0091 98118 00001", "US", "919811800001" },
        { "0091 98118 00001", "IN", "919811800001" },
        { "011 91 98118 00001", "US", "919811800001" },
        { "tel:+919811800004", "IN", "919811800004" },
        { "+1 202 555 0143 x12", "IN", "12025550143" },
        { "919811800007@c.us", "US", "919811800007" },
        { "919811800007@s.whatsapp.net", "US", "919811800007" },
        { "919811800007:3@s.whatsapp.net", "US", "919811800007" },
        { "https://wa.me/919811800007", "US", "919811800007" },
        { "https://api.whatsapp.com/send?phone=919811800007&text=hi", "US", "919811800007" },
        { "919811800013.0", "US", "919811800013" },
        { "9811800013.0", "IN", "919811800013" },
        { "9.19820100002E11", "US", "919820100002" },
        { "p:+919811500001", "US", "919811500001" },
        { "(+91) 98115 00001", "US", "919811500001" },
        { "(+91 98115 00001)", "US", "919811500001" },
        { "=\"919811500001\"", "US", "919811500001" },
        { "98118.00000", "IN", "919811800000" },
        { "+44 (0)20 7946 0000", "IN", "442079460000" },
    };

    [Theory, MemberData(nameof(Notations))]
    public void Notations_OfTheField_AreRead(string written, string home, string key)
    {
        PhoneNumber.TryParse(written, home, out var number).ShouldBeTrue();

        number!.Key.ShouldBe(key);
    }

    [Theory]
    [InlineData("9.19812E+11")]
    [InlineData("9,19812E+11")]
    [InlineData("9.1982E+11")]
    [InlineData("9E+11")]
    [InlineData("\u200B9.19812e11")]
    public void ANumberThatASpreadsheetRounded_IsNone_AndToldApart(string written)
    {
        PhoneNumber.TryParse(written, "IN", out _).ShouldBeFalse();
        PhoneText.IsRounded(written).ShouldBeTrue();
    }

    [Theory]
    [InlineData("1-800-FLOWERS")]
    [InlineData("120363041234567890@g.us")]
    [InlineData("Asha")]
    [InlineData("asha@example.org")]
    [InlineData("2026-03-04T10:00")]
    [InlineData("ext 12")]
    public void WhatIsNoNumber_IsNone(string written)
    {
        PhoneText.Normalize(written).ShouldBeNull();
        PhoneText.IsRounded(written).ShouldBeFalse();
    }

    [Property(MaxTest = 500)]
    public Property ANumber_WithAnythingAroundAndBetween_IsTheSameNumber() => Prop.ForAll(
        Gen.Elements(Numbers).SelectMany(number => Gen.Elements(Between).ListOf(number.Length)
            .SelectMany(between => Gen.Elements(Before).SelectMany(before =>
            Gen.Elements(After).Select(after =>
                (number,
                 written: $"{before}+{string.Concat(number.Zip(between, (digit, mark) => $"{digit}{mark}")).TrimEnd('.', '\u00B7')}{after}"))))).ToArbitrary(),
        written => PhoneNumber.TryParse(written.written, "US", out var phone) && phone.Key == Key(written.number));

    [Property(MaxTest = 500)]
    public bool AnyText_IsReadOrNot_AndWhatIsKeptIsReadTheSame(string? any)
    {
        PhoneText.IsRounded(any);
        return !PhoneNumber.TryParse(any, "IN", out var number)
            || (PhoneNumber.TryParse(number.Entered, "IN", out var again) && again == number);
    }

    [Theory]
    [InlineData("+91 95874-22369", "+91 95874-22369")]
    [InlineData(" (095874) 22369 ", "(095874) 22369")]
    [InlineData("\u202A+91 98117 00001\u202C", "+91 98117 00001")]
    [InlineData("919811800013.0", "919811800013")]
    [InlineData("tel:+919811800004", "+919811800004")]
    [InlineData("919811800007@c.us", "+919811800007")]
    public void WhatIsKept_IsAsItWasWritten_WithoutWhatIsNoPartOfIt(string written, string kept)
    {
        PhoneNumber.TryParse(written, "IN", out var number).ShouldBeTrue();

        number!.Entered.ShouldBe(kept);
    }

    private static string Key(string number) => PhoneNumber.TryParse("+" + number, "", out var phone) ? phone.Key : "";
}
