namespace WaCr.Web.Data;

/// <param name="Engine">Its name and version.</param>
public sealed record DatabaseFigures(string Engine, long Bytes);
