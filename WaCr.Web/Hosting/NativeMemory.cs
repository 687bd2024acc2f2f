using System.Runtime.InteropServices;

namespace WaCr.Web.Hosting;

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

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
