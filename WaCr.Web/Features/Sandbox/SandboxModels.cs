using WaCr.Web.Common;

namespace WaCr.Web.Features.Sandbox;

/// <summary>Whether WhatsApp is a sandbox in this process, so that there are customers' phones to play with.</summary>
public sealed record SandboxPresence(bool IsOn);

/// <summary>Which of the workspace's numbers a customer speaks with, and the customer's phone.</summary>
public sealed record PhoneLine(string PhoneNumberId, string Customer)
{
    public override string ToString() => nameof(PhoneLine);
}

/// <summary>A WhatsApp number of the workspace that the sandbox knows.</summary>
public sealed record SandboxNumberItem(string PhoneNumberId, string Name, string Phone);

/// <summary>Somebody whose phone can be picked up.</summary>
public sealed record SandboxPersonItem(string Phone, string Name)
{
    public override string ToString() => nameof(SandboxPersonItem);
}

/// <param name="People">Contacts of the workspace's latest conversations.</param>
public sealed record SandboxTable(IReadOnlyList<SandboxNumberItem> Numbers, IReadOnlyList<SandboxPersonItem> People);

/// <summary>What the customer's phone shows.</summary>
/// <param name="WindowClosesAt">Until when the business may write freely; null where the customer has not written yet.</param>
/// <param name="ConversationId">Where staff see the same; null until something was said.</param>
/// <param name="Unread">Messages that arrived and that the customer has not read.</param>
public sealed record PhoneScreen(
    string Phone, string Name, bool IsBlocked, bool IsOffline, bool WantsNoMarketing, DateTimeOffset? WindowClosesAt, long? ConversationId, int Unread,
    IReadOnlyList<PhoneMessage> Messages)
{
    public override string ToString() => nameof(PhoneScreen);
}

/// <summary>A message as the phone shows it.</summary>
/// <param name="IsRead">By the other side.</param>
public sealed record PhoneMessage(string Id, bool IsFromCustomer, string Type, string Text, DateTimeOffset At, bool IsRead)
{
    public string? Header { get; init; }
    public string? Footer { get; init; }
    public PhoneFile? File { get; init; }
    public IReadOnlyList<PhoneChoice> Choices { get; init; } = [];

    /// <summary>What opens the rows of a list; null where there is none.</summary>
    public string? ListTitle { get; init; }

    /// <summary>The text of the message that this one answers.</summary>
    public string? Quoted { get; init; }

    /// <summary>What either side put to it.</summary>
    public string? Reaction { get; init; }

    public override string ToString() => $"{nameof(PhoneMessage)} {Type}";
}

/// <param name="Id">In the sandbox; null for one that stands behind a link.</param>
public sealed record PhoneFile(string Type, string? Id, string? Link, string? Name);

public enum PhoneChoiceKind
{
    /// <summary>Answers with its title.</summary>
    Reply = 0,

    /// <summary>A row of a list.</summary>
    Row = 1,

    /// <summary>Leads to an address, calls, or copies a code: nothing that the business hears of.</summary>
    Other = 2,
}

/// <param name="Id">To choose it by.</param>
public sealed record PhoneChoice(string Id, string Title, string? Description, PhoneChoiceKind Kind);

/// <summary>A file that the customer sends.</summary>
public sealed record PhoneUpload(string ContentType, byte[] Bytes, string FileName, string? Caption)
{
    public override string ToString() => nameof(PhoneUpload);
}

/// <summary>A file out of the sandbox, to show on the phone.</summary>
public sealed record PhoneFileContent(byte[] Bytes, string ContentType)
{
    public override string ToString() => nameof(PhoneFileContent);
}

public static class SandboxErrors
{
    public static readonly FieldError PhoneInvalid =
        new("sandbox.phone_invalid", "Type a phone number with its country code, for example +1 202 555 0143");
    public static readonly FieldError TextTooLong = new("sandbox.text_too_long", "The text is too long");
    public static readonly FieldError FileUnfit = new("sandbox.file_unfit", "WhatsApp does not take this kind of file");

    public static NotFoundError NotFound => new("sandbox.not_found", "The sandbox does not know this number");
}
