namespace WaCr.Web.Data;

/// <param name="Engine">Its name and version.</param>
public sealed record DatabaseStatistics(string Engine, long Bytes);
