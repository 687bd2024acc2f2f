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

    /// <summary>What Meta puts beside the content: an ad, the context, a group.</summary>
    public sealed record Raw(
        string Type, JsonNode Content, string? PhoneNumberId = null, string? ReplyTo = null, JsonObject? Referral = null,
        JsonObject? Context = null, string? GroupId = null, string Text = "")
    {
        public JsonObject Beside()
        {
            var members = new JsonObject();
            foreach (var (name, member) in new (string, JsonNode?)[] { ("referral", Referral), ("context", Context), ("group_id", GroupId) })
            {
                if (member is not null)
                {
                    members[name] = member.DeepClone();
                }
            }

            return members;
        }
    }

    public sealed record Choice(string MessageId, string Option, string? PhoneNumberId = null);

    public sealed record Reaction(string MessageId, string? Emoji = null, string? PhoneNumberId = null);

    public sealed record Chat(string? PhoneNumberId = null);

    public sealed record NewNumber(string Phone, string? PhoneNumberId = null);

    public sealed record Person(string? Name = null, string? Username = null, string? PhoneNumberId = null);

    public sealed record TimeShift(double Seconds, string? PhoneNumberId = null);

    public sealed record Clock(double AdvanceSeconds);

    public sealed record Token(SandboxTokenState State);

    public sealed record AccountEvent(SandboxAccountEvent Event);

    /// <summary>Omitted members stay as they are.</summary>
    public sealed record NumberState(
        bool? IsRegistered = null, string? Pin = null, bool? IsSubscribed = null, IReadOnlyList<string>? Fields = null,
        DateTimeOffset? TokenEndsAt = null, bool? IsUnpaid = null)
    {
        public SandboxNumber ApplyTo(SandboxNumber number) => number with
        {
            IsRegistered = IsRegistered ?? number.IsRegistered,
            Pin = Pin ?? number.Pin,
            IsSubscribed = IsSubscribed ?? number.IsSubscribed,
            Fields = Fields ?? number.Fields,
            TokenEndsAt = TokenEndsAt ?? number.TokenEndsAt,
            IsUnpaid = IsUnpaid ?? number.IsUnpaid,
        };
    }

    public sealed record Rating(string Quality);

    public sealed record Decision(string Status, string? Reason = null);

    public sealed record Fill(int Count, string? BusinessAccountId = null);
}
