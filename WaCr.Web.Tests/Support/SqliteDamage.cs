using System.Text;

namespace WaCr.Web.Tests.Support;

/// <summary>Writes over pages of a SQLite file, as a failing disk would.</summary>
internal static class SqliteDamage
{
    private const int PageSize = 4_096;

    /// <returns>How many pages held <paramref name="text"/> and are overwritten now.</returns>
    public static int Overwrite(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var (page, needle, damaged) = (new byte[PageSize], Encoding.UTF8.GetBytes(text), 0);
        for (var at = 0L; at < stream.Length; at += PageSize)
        {
            stream.Position = at;
            stream.ReadExactly(page);
            if (page.AsSpan().IndexOf(needle) >= 0)
            {
                Overwrite(stream, at);
                damaged++;
            }
        }

        return damaged;
    }

    /// <param name="file">The database.</param>
    /// <param name="page">Counts from 1, as SQLite does.</param>
    public static void Overwrite(string file, long page)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Overwrite(stream, (page - 1) * PageSize);
    }

    private static void Overwrite(FileStream stream, long at)
    {
        stream.Position = at;
        stream.Write(Enumerable.Repeat((byte)0xA5, PageSize).ToArray());
    }
}
