using System.Runtime.InteropServices;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// The C library gives threads arenas of their own, up to eight a core, and each keeps what SQLite once needed in it: some 35 MB after an
/// import. Two are enough, since SQLite allocates little while it works. Arenas that are there already stay, so this comes before all else.
/// </summary>
internal static class NativeMemory
{
    private const int MaxArenas = 2;

    /// <summary><c>M_ARENA_MAX</c> of glibc's malloc.h.</summary>
    private const int ArenaMax = -8;

    public static void KeepFewArenas()
    {
        try
        {
            _ = SetOption(ArenaMax, MaxArenas);
        }
        catch (Exception elsewhere) when (elsewhere is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc: there are no such arenas.
        }
    }

    /// <summary>What is free in all arenas goes back to the system: a thread that wrote a lot once keeps tens of megabytes otherwise.</summary>
    public static void GiveBack()
    {
        try
        {
            _ = Trim(0);
        }
        catch (Exception elsewhere) when (elsewhere is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
