namespace WaCr.Web.Components.Shared;

/// <summary>Formats numbers by the reader's language.</summary>
public static class NumberLabels
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>With the decimals that it has, up to <paramref name="decimals"/>.</summary>
    public static string Fraction(decimal number, int decimals = 1) =>
        number.ToString("#,0." + new string('#', decimals), CultureInfo.CurrentCulture);

    /// <summary>With two decimals or, where it is whole, none.</summary>
    public static string Amount(decimal amount) => amount.ToString(decimal.IsInteger(amount) ? "N0" : "N2", CultureInfo.CurrentCulture);

    /// <summary>A share of 1 in whole percents; a dash where it is not known.</summary>
    public static string Share(double? share) => share?.ToString("P0", CultureInfo.CurrentCulture) ?? "–";

    /// <summary>Empty where there is nothing to have a share of.</summary>
    public static string Share(long part, long of) => of == 0 ? "" : Share((double)part / of);

    /// <summary>In kB, from a megabyte on in MB.</summary>
    public static string Bytes(long bytes) =>
        bytes < 1024 * 1024 ? $"{Number(Math.Max(1, bytes / 1024))} kB" : $"{(bytes / 1048576d).ToString("N1", CultureInfo.CurrentCulture)} MB";
}
