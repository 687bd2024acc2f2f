using System.Text.Json.Serialization;

namespace WaCr.Web.Features.Transfers;

/// <param name="Line">First line in the file, from 1.</param>
/// <param name="IsDoubtful">Whether it has bytes that are invalid in the file's encoding.</param>
public sealed record TableRow(
    int Line, string[] Cells, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsDoubtful = false);
