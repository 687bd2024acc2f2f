namespace WaCr.Web.Features.Sandbox;

/// <summary>Whether this process uses the sandbox instead of WhatsApp.</summary>
public sealed record SandboxPresence(bool IsOn);

/// <summary>A workspace number and the customer's phone that talks to it.</summary>
public sealed record PhoneLine(string PhoneNumberId, string Customer)
{
    public override string ToString() => nameof(PhoneLine);
}

/// <summary>A WhatsApp number of the workspace that the sandbox knows.</summary>
public sealed record SandboxNumberItem(string PhoneNumberId, string Name, string Phone);

/// <summary>A person whose phone can be simulated.</summary>
public sealed record SandboxPersonItem(string Phone, string Name)
{
    public override string ToString() => nameof(SandboxPersonItem);
}

/// <param name="People">Contacts of the workspace's latest conversations.</param>
public sealed record SandboxTable(IReadOnlyList<SandboxNumberItem> Numbers, IReadOnlyList<SandboxPersonItem> People);

/// <summary>The customer's phone screen.</summary>
/// <param name="WindowClosesAt">End of the 24-hour window; null before the customer's first message.</param>
/// <param name="ConversationId">The conversation in the staff app; null before the first message.</param>
/// <param name="ContactId">The person in the staff app, who may hide the number; null before the first message.</param>
/// <param name="Unread">Delivered messages the customer has not read.</param>
public sealed record PhoneScreen(
    string Phone, string Name, bool IsBlocked, bool IsOffline, bool WantsNoMarketing, DateTimeOffset? WindowClosesAt,
    long? ConversationId, long? ContactId, int Unread,
    IReadOnlyList<PhoneMessage> Messages)
{
    /// <summary>The business is shown as writing.</summary>
    public bool IsTyping { get; init; }

    public override string ToString() => nameof(PhoneScreen);
}

/// <summary>A message on the phone.</summary>
/// <param name="IsRead">Read by the other side.</param>
public sealed record PhoneMessage(string Id, bool IsFromCustomer, string Type, string Text, DateTimeOffset At, bool IsRead)
{
    public string? Header { get; init; }
    public string? Footer { get; init; }
    public PhoneFile? File { get; init; }
    public IReadOnlyList<PhoneChoice> Choices { get; init; } = [];

    /// <summary>Label of the button that opens the list; null without a list.</summary>
    public string? ListTitle { get; init; }

    /// <summary>Text of the quoted message.</summary>
    public string? Quoted { get; init; }

    /// <summary>More of a place or of contact cards, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The business asks where the customer is.</summary>
    public bool AsksForLocation { get; init; }
    public bool AsksForNumber { get; init; }

    public bool IsEdited { get; init; }

    /// <summary>Deleted for everyone: nothing of it is left.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>Whether the customer may still change their text.</summary>
    public bool MayEdit { get; init; }

    /// <summary>Whether the customer may still delete it for everyone.</summary>
    public bool MayRevoke { get; init; }

    /// <summary>Reaction of either side.</summary>
    public string? Reaction { get; init; }

    public override string ToString() => $"{nameof(PhoneMessage)} {Type}";
}

/// <param name="Id">Id in the sandbox; null for a file at a link.</param>
public sealed record PhoneFile(string Type, string? Id, string? Link, string? Name);

public enum PhoneChoiceKind
{
    /// <summary>Replies with its title.</summary>
    Reply = 0,

    /// <summary>A list row.</summary>
    Row = 1,

    /// <summary>Opens a URL, calls, or copies a code; the business gets no message.</summary>
    Other = 2,
}

/// <param name="Id">Id to choose it by.</param>
public sealed record PhoneChoice(string Id, string Title, string? Description, PhoneChoiceKind Kind);

/// <summary>A file the customer sends.</summary>
public sealed record PhoneUpload(string ContentType, byte[] Bytes, string FileName, string? Caption)
{
    public override string ToString() => nameof(PhoneUpload);
}

/// <summary>A file from the sandbox, for display.</summary>
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
