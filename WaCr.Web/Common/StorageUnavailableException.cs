namespace WaCr.Web.Common;

/// <summary>An outage of the storage: disk full, disk error, database unreachable.</summary>
public sealed class StorageUnavailableException(Exception inner)
    : Exception("The database cannot write at the moment. Nothing was changed.", inner);
