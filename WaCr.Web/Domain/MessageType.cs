namespace WaCr.Web.Domain;

public enum MessageType
{
    Text = 0,
    Template = 1,
    Image = 2,
    Video = 3,
    Document = 4,
    Audio = 5,
    Interactive = 6,
    Sticker = 7,
    Location = 8,
    Contacts = 9,
    Reaction = 10,

    /// <summary>A tap on a template's quick reply.</summary>
    Button = 11,
    Order = 12,
    System = 13,

    /// <summary>A type that this build does not know; <see cref="Message.Content"/> holds it unchanged.</summary>
    Unknown = 14,

    /// <summary>The contact called; earlier ones are kept as <see cref="System"/>.</summary>
    Call = 15,
}
