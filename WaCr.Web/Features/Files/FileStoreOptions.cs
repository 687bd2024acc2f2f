namespace WaCr.Web.Features.Files;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed class FileStoreOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Folder for messages' files, shared by all replicas. Default: <c>files</c> next to the SQLite file, else <c>data/files</c>.
    /// </summary>
    public string Path { get; set; } = "";
}
