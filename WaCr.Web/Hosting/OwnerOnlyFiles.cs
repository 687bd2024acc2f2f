using System.Runtime.InteropServices;

namespace WaCr.Web.Hosting;

/// <summary>Whatever this process writes (database, log, backups, uploads) is for its own user alone.</summary>
internal static class OwnerOnlyFiles
{
    private const uint OthersNothing = 0b000_111_111; // 077
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>For all that is made from now on. Windows has its folders' rights instead.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(OthersNothing);
        }
    }

    /// <summary>For what an earlier build left open to others.</summary>
    /// <param name="database">The SQLite file; null where there is none.</param>
    /// <param name="files">The folder of messages' files.</param>
    public static void Close(string? database, string files)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in database is null ? [] : new[] { database, database + "-wal", database + "-shm" })
        {
            if (File.Exists(file) && File.GetUnixFileMode(file) != OwnFile)
            {
                File.SetUnixFileMode(file, OwnFile);
            }
        }

        if (Directory.Exists(files))
        {
            File.SetUnixFileMode(files, OwnFolder);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
