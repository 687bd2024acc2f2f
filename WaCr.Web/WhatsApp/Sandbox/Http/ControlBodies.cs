using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Request bodies of the control API; <c>phone_number_id</c> defaults to the first number.</summary>
internal static class ControlBodies
{
    /// <summary>A list's item, which JSON may leave null.</summary>
    public static T Whole<T>(T? item)
        where T : class => item ?? throw new JsonException("A list holds null.");

    public sealed record Text(string Body, string? PhoneNumberId = null, string? ReplyTo = null);

    /// <summary>The bytes as <c>base64</c>, or a <c>text</c> to store as a file.</summary>
    public sealed record File(
        string Type, string MimeType, string? Base64 =
            null, string? Text = null, string? Caption = null, string? FileName = null, bool Voice = false, string? PhoneNumberId = null)
    {
        public SandboxFile ToFile() => new(
            Type, MimeType, Base64 is not null ? Convert.FromBase64String(Base64) : Encoding.UTF8.GetBytes(Text ?? ""), Caption, FileName,
            Voice);
    }

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

    public sealed record Change(string MessageId, string? Body = null, string? PhoneNumberId = null);

    public sealed record Reaction(string MessageId, string? Emoji = null, string? PhoneNumberId = null);

    public sealed record Chat(string? PhoneNumberId = null);

    public sealed record Call(int? Duration = null, string? Status = null, string? PhoneNumberId = null);

    public sealed record NewNumber(string Phone, string? PhoneNumberId = null);

    public sealed record Person(
        string? Name = null, string? Username = null, string? ParentUserId = null, string? PhoneNumberId = null);

    /// <summary>What is omitted is made up.</summary>
    public sealed record NewUserId(string? UserId = null, string? ParentUserId = null, string? PhoneNumberId = null);

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

    /// <summary>What was said before; <c>declined</c>: the business does not share it.</summary>
    public sealed record History(IReadOnlyList<Thread>? Threads = null, int ChunkMessages = 100, bool Declined = false);

    public sealed record Thread(string Customer, IReadOnlyList<Earlier> Messages)
    {
        public SandboxHistoryThread ToThread() => new(Customer, [.. Messages.Select(message => Whole(message).ToMessage())]);
    }

    /// <summary>An earlier message: a text as <c>body</c>, a <c>file</c>, or any other <c>type</c> with its <c>content</c>.</summary>
    public sealed record Earlier(
        double SecondsAgo, bool FromCustomer = false, SandboxStatus Status = SandboxStatus.Read, string? Body = null, string? Type = null,
        JsonNode? Content = null, string Text = "", File? File = null)
    {
        private const double MaxSeconds = 1_000_000_000; // what a TimeSpan holds; the history's own limit is far below

        public SandboxHistoryMessage ToMessage() =>
            Math.Abs(SecondsAgo) > MaxSeconds ? throw new JsonException("seconds_ago is too long ago.")
            : Body is { Length: > 0 } said
                ? new(Ago, FromCustomer, Status, "text", new JsonObject { ["body"] = said }, said)
            : File is { } file ? new(Ago, FromCustomer, Status, file.Type, null, "", file.ToFile())
            : (Type, Content) is ({ Length: > 0 } type, { } content) ? new(Ago, FromCustomer, Status, type, content, Text)
            : throw new JsonException("A message needs body, file, or type and content.");

        private TimeSpan Ago => TimeSpan.FromSeconds(SecondsAgo);
    }

    /// <summary>
    /// What the business writes on its own phone: a text as <c>body</c>, or any other <c>type</c> with its <c>content</c>.
    /// </summary>
    public sealed record Echo(string Customer, string? Body = null, string? Type = null, JsonNode? Content = null, string Text = "")
    {
        public (string Type, JsonNode Content, string Text) ToMessage() =>
            Body is { Length: > 0 } said ? ("text", new JsonObject { ["body"] = said }, said)
            : (Type, Content) is ({ Length: > 0 } type, { } content) ? (type, content, Text)
            : throw new JsonException("A message needs body, or type and content.");
    }

    public sealed record AddressBookEntry(string Customer, string? Name = null, bool Removed = false);

    public sealed record EchoChange(string Customer, string MessageId, string? Body = null);

    public sealed record Rating(string Quality);

    public sealed record Decision(string Status, string? Reason = null);

    public sealed record Fill(int Count, string? BusinessAccountId = null);
}
