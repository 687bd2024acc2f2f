namespace WaCr.Web.Features.Files;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed class FileStoreOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of messages' files; where it is not set, <c>files</c> beside the SQLite file, else <c>data/files</c>. Replicas share it.</summary>
    public string Path { get; set; } = "";
}
