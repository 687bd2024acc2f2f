using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

public sealed class ChoiceRow
{
    public string Title { get; set; } = "";
    public string Description { get; set; } = "";
}

public sealed class ChoiceSection
{
    public string Title { get; set; } = "";
    public List<ChoiceRow> Rows { get; } = [new()];
}

/// <summary>Buttons or a list being composed. Independent of any page; limits and rules are the service's.</summary>
public sealed class ChoicesFilling
{
    public bool IsList { get; set; }
    public string Header { get; set; } = "";
    public string Body { get; set; } = "";
    public string Footer { get; set; } = "";
    public List<string> Buttons { get; } = [""];
    public string ListButton { get; set; } = "";
    public List<ChoiceSection> Sections { get; } = [new()];

    public int RowCount => Sections.Sum(section => section.Rows.Count);

    public bool MayAddButton => Buttons.Count < InteractiveDraft.MaxButtons;

    public bool MayAddRow => RowCount < InteractiveDraft.MaxRows;

    public bool MayAddSection => MayAddRow && Sections.Count < InteractiveDraft.MaxSections;

    public SendInteractive ToRequest(long contactId) => new()
    {
        ContactId = contactId,
        Type = IsList ? InteractiveDraft.List : InteractiveDraft.Button,
        Header = Header,
        Body = Body,
        Footer = Footer,
        Buttons = IsList ? null : [.. Buttons.Select((title, i) => new ButtonInput(Id("button", i), title))],
        ListButton = ListButton,
        Sections = IsList ? [.. Sections.Select((section, i) => new SectionInput(section.Title, RowsOf(section, i)))] : null,
    };

    /// <summary>The errors of the service, plus WhatsApp's rule that no two rows of a list have the same title.</summary>
    public FieldErrors Check()
    {
        var request = ToRequest(contactId: 1);
        var errors = InteractiveDraft.Read(request, new DraftFields(request, "", phoneIsOptional: true)).Errors;
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, title) in Titles())
        {
            if (title.Trim().Length > 0 && !titles.Add(title.Trim()))
            {
                errors.Add(field, TwiceError);
            }
        }

        return errors;
    }

    public static readonly FieldError TwiceError = new("choices.twice", "Two choices read the same");

    public static string ButtonField(int index) => string.Create(CultureInfo.InvariantCulture, $"{InteractiveFields.Buttons}.{index}.title");

    public static string SectionField(int index) => string.Create(CultureInfo.InvariantCulture, $"{InteractiveFields.Sections}.{index}.title");

    public static string RowField(int section, int index, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{InteractiveFields.Sections}.{section}.rows.{index}.{name}");

    private IEnumerable<(string Field, string Title)> Titles() => IsList
        ? Sections.SelectMany((section, number) => section.Rows.Select((row, i) => (RowField(number, i, "title"), row.Title)))
        : [];

    private static List<RowInput> RowsOf(ChoiceSection section, int number) =>
        [.. section.Rows.Select((row, i) => new RowInput(Id($"row-{number}", i), row.Title, row.Description))];

    private static string Id(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{index + 1}");
}
