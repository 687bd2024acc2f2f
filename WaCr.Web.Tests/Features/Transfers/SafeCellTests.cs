using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

public sealed class SafeCellTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+919587422369")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    public void Guard_OfWhatASpreadsheetWouldRun_BeginsWithAnApostropheAndComesBack(string text)
    {
        SafeCell.Guard(text).ShouldBe("'" + text);
        SafeCell.Unguard(SafeCell.Guard(text)).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Asha")]
    [InlineData("'tis")]
    [InlineData("'")]
    [InlineData("a=b")]
    public void Guard_OfPlainText_ChangesNothing(string text)
    {
        SafeCell.Guard(text).ShouldBe(text);
        SafeCell.Unguard(text).ShouldBe(text);
    }

    [Property(MaxTest = 500)]
    public bool AnyText_GuardedAndUnguarded_IsTheSameAndNeverAFormula(NonNull<string> any)
    {
        var guarded = SafeCell.Guard(any.Get);
        return SafeCell.Unguard(guarded) == any.Get && SafeCell.Unguard(SafeCell.GuardTyped(any.Get)) == any.Get
            && (guarded.Length == 0 || !"=+-@\t\r".Contains(guarded[0], StringComparison.Ordinal));
    }

    [Property(MaxTest = 300)]
    public Property Names_InOneCell_ComeBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        any =>
        {
            var names = (any ?? [])
                .Select(name => name?.Trim() ?? "")
                .Where(name => name.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToArray();
            return NameList.Read(NameList.Write(names)).SequenceEqual(names);
        });

    [Theory]
    [InlineData("VIP; Paris", new[] { "VIP", "Paris" })]
    [InlineData("VIP,Paris|Lyon\nNice", new[] { "VIP", "Paris", "Lyon", "Nice" })]
    [InlineData("\"Paris, old\"; vip; VIP;;", new[] { "Paris, old", "vip" })]
    public void Names_AsPeopleWriteThem_AreRead(string cell, string[] names) => NameList.Read(cell).ShouldBe(names);
}
