using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An earlier chat, in the business's own app.</summary>
internal sealed record SandboxHistoryThread(string Customer, IReadOnlyList<SandboxHistoryMessage> Messages)
{
    public override string ToString() => nameof(SandboxHistoryThread);
}

/// <param name="File">The file of a picture and the like, instead of <paramref name="Content"/>: it is sent after all threads.</param>
internal sealed record SandboxHistoryMessage(
    TimeSpan Ago, bool FromCustomer, SandboxStatus Status, string Type, JsonNode? Content, string Text, SandboxFile? File = null)
{
    public override string ToString() => $"{nameof(SandboxHistoryMessage)} {Type}";
}
