using System.Runtime.InteropServices;

namespace WaCr.Web.Hosting;

/// <summary>Files that this process writes (database, log, backups, uploads) are readable by its own user only.</summary>
internal static class OwnerOnlyFiles
{
    private const uint OthersNothing = 0b000_111_111; // 077
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>For all files created from now on. On Windows the folder's permissions apply instead.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(OthersNothing);
        }
    }

    /// <summary>For files that an earlier build left readable to others.</summary>
    /// <param name="database">The SQLite file; null if there is none.</param>
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
