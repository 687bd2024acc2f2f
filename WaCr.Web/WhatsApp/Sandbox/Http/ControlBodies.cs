using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Request bodies of the control API; <c>phone_number_id</c> defaults to the first number.</summary>
internal static class ControlBodies
{
    public sealed record Text(string Body, string? PhoneNumberId = null, string? ReplyTo = null);

    /// <summary>The bytes as <c>base64</c>, or a <c>text</c> to store as a file.</summary>
    public sealed record File(
        string Type, string MimeType, string? Base64 =
            null, string? Text = null, string? Caption = null, string? FileName = null, bool Voice = false, string? PhoneNumberId = null);

    public sealed record Raw(string Type, JsonNode Content, string? PhoneNumberId = null, string? ReplyTo = null);

    public sealed record Choice(string MessageId, string Option, string? PhoneNumberId = null);

    public sealed record Reaction(string MessageId, string? Emoji = null, string? PhoneNumberId = null);

    public sealed record Chat(string? PhoneNumberId = null);

    public sealed record NewNumber(string Phone, string? PhoneNumberId = null);

    public sealed record Person(string? Name = null, string? Username = null, string? PhoneNumberId = null);

    public sealed record TimeShift(double Seconds, string? PhoneNumberId = null);

    public sealed record Clock(double AdvanceSeconds);

    public sealed record Token(SandboxTokenState State);

    public sealed record Decision(string Status, string? Reason = null);

    public sealed record Fill(int Count, string? BusinessAccountId = null);
}
