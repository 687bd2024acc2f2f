using System.Runtime.InteropServices;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// glibc gives threads their own malloc arenas, up to eight per core, and each keeps what SQLite once needed: some 35 MB after an import.
/// Two are enough, since SQLite allocates little while it works. Existing arenas stay, so this must run first.
/// </summary>
internal static class NativeMemory
{
    private const int MaxArenas = 2;

    /// <summary><c>M_ARENA_MAX</c> of glibc's malloc.h.</summary>
    private const int ArenaMax = -8;

    public static void LimitArenas()
    {
        try
        {
            _ = SetOption(ArenaMax, MaxArenas);
        }
        catch (Exception elsewhere) when (elsewhere is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc: there are no arenas.
        }
    }

    /// <summary>Returns the arenas' free memory to the system: after a large write a thread otherwise keeps tens of megabytes.</summary>
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
