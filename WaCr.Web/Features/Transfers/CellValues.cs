namespace WaCr.Web.Features.Transfers;

/// <summary>Several values in one cell, separated as in Google Contacts: <c>+91 98111 00001 ::: +91 98111 00002</c>.</summary>
internal static class CellValues
{
    public const string Separator = " ::: ";

    public static string Join(IEnumerable<string> values) => string.Join(Separator, values.Where(value => value.Length > 0));

    public static string[] Split(string cell) => cell.Split(":::", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
