using System.Net.Http.Headers;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An operation that the sandbox's state does not allow.</summary>
internal sealed record SandboxProblem(string Message) : InvalidError("sandbox.refused", Message);

/// <summary>A chat: the business's number, and the customer as digits or as the id of a person who hides their phone.</summary>
internal sealed record SandboxChat(string? PhoneNumberId, string Customer)
{
    public override string ToString() => nameof(SandboxChat);
}

internal sealed record SandboxFile(
    string Type, string MimeType, byte[] Bytes, string? Caption = null, string? FileName = null, bool Voice = false)
{
    /// <summary>Null if it can be sent.</summary>
    public string? Problem =>
        !SendRules.MediaTypes.Contains(Type) ? $"type must be one of {string.Join(", ", SendRules.MediaTypes)}."
        : !MediaTypeHeaderValue.TryParse(MimeType, out _) || MimeType.Any(letter => letter is < ' ' or > '~')
            ? "mime_type must be a media type such as image/jpeg."
        : null;

    public override string ToString() => $"{nameof(SandboxFile)} {Type}";
}
