namespace WaCr.Web.WhatsApp;

/// <summary>
/// What the phone shows of a template around its text. It is stored with the message, because the template may change later, and never
/// sent.
/// </summary>
/// <param name="Format">The header's, in WhatsApp's term; null without a header.</param>
/// <param name="Header">Only for a header of text, like all texts with its values.</param>
/// <param name="Offer">The line of a limited-time offer.</param>
public sealed record TemplateSnapshot(
    string? Format, string? Header, string? Offer, string? Footer, IReadOnlyList<TemplateSnapshotButton> Buttons,
    IReadOnlyList<TemplateSnapshotCard> Cards);

/// <param name="Type">WhatsApp's term: URL, QUICK_REPLY, PHONE_NUMBER and others.</param>
/// <param name="Text">Null if WhatsApp names the button itself.</param>
public sealed record TemplateSnapshotButton(string Type, string? Text);

/// <param name="Format">Its header's.</param>
public sealed record TemplateSnapshotCard(string? Format, string? Body, IReadOnlyList<TemplateSnapshotButton> Buttons);
