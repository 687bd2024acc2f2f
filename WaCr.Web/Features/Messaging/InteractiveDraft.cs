using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A text with buttons or a list. Body, header and footer may hold merge fields.</summary>
internal sealed class InteractiveDraft : MessageDraft
{
    public const int BodyMaxLength = 1024;
    public const int HeaderMaxLength = 60;
    public const int FooterMaxLength = 60;
    public const int ButtonTitleMaxLength = 20;
    public const int ButtonIdMaxLength = 256;
    public const int ListButtonMaxLength = 20;
    public const int SectionTitleMaxLength = 24;
    public const int RowTitleMaxLength = 24;
    public const int RowIdMaxLength = 200;
    public const int DescriptionMaxLength = 72;
    public const int MaxButtons = 3;
    public const int MaxSections = 10;
    public const int MaxRows = 10;

    public const int LinkTextMaxLength = 20;

    public const string Button = "button";
    public const string List = "list";
    public const string Link = "cta_url";
    public const string LocationRequest = "location_request";
    public const string NumberRequest = "contact_info_request";

    private readonly string _kind;
    private readonly string _body;
    private readonly string? _header;
    private readonly string? _footer;
    private readonly string _listButton = "";
    private readonly string _linkText = "";
    private readonly Uri? _link;
    private readonly List<ReplyButton> _buttons = [];
    private readonly List<ListSection> _sections = [];

    private InteractiveDraft(SendInteractive request, DraftFields fields) : base(request, fields)
    {
        _kind = ReadKind(request.Type);
        _body = fields.Required(InteractiveFields.Body, request.Body, BodyMaxLength, MessageErrors.BodyRequired) ?? "";
        _header = fields.Text(InteractiveFields.Header, request.Header, HeaderMaxLength);
        _footer = fields.Text(InteractiveFields.Footer, request.Footer, FooterMaxLength);
        if (_kind == Button)
        {
            ReadButtons(request.Buttons);
        }
        else if (_kind == List)
        {
            _listButton = fields.Required(InteractiveFields.ListButton, request.ListButton, ListButtonMaxLength, MessageErrors.ListButtonRequired) ?? "";
            ReadSections(request.Sections);
        }
        else if (_kind == Link)
        {
            _linkText = fields.Required(InteractiveFields.LinkText, request.LinkText, LinkTextMaxLength, MessageErrors.LinkTextRequired) ?? "";
            _link = ReadLink(request.Url);
        }
        else if (_kind is LocationRequest or NumberRequest)
        {
            RefuseOf(InteractiveFields.Header, _header);
            RefuseOf(InteractiveFields.Footer, _footer);
        }
    }

    public override MessageType Type => MessageType.Interactive;

    public static InteractiveDraft Read(SendInteractive request, DraftFields fields) =>
        new(request, fields) { To = fields.ReadDestination() };

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var body = MergeFields.Fill(_body, to);
        var header = _header is null ? null : MergeFields.Fill(_header, to);
        var footer = _footer is null ? null : MergeFields.Fill(_footer, to);
        var errors = new FieldErrors();
        CheckLength(InteractiveFields.Body, body, BodyMaxLength);
        CheckLength(InteractiveFields.Header, header, HeaderMaxLength);
        CheckLength(InteractiveFields.Footer, footer, FooterMaxLength);
        return Task.FromResult<Result<Composed>>(errors.Any
            ? new ValidationError(errors)
            : new Composed(ContentOf(body, header, footer), body));

        void CheckLength(string field, string? text, int max)
        {
            if (TextRule.IsTooLong(text, max))
            {
                errors.Add(field, TextRule.TooLong(max));
            }
        }
    }

    private OutboundContent ContentOf(string body, string? header, string? footer) => _kind switch
    {
        Button => new ButtonsContent(body, _buttons, header, footer),
        Link => new LinkContent(body, _linkText, _link!, header, footer),
        LocationRequest => new LocationRequestContent(body),
        NumberRequest => new NumberRequestContent(body),
        _ => new ListContent(body, _listButton, _sections, header, footer),
    };

    private Uri? ReadLink(Optional<string?> given)
    {
        if (Fields.Required(InteractiveFields.Url, given, Message.UrlMaxLength, MessageErrors.LinkRequired) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp))
        {
            return link;
        }

        Errors.Add(InteractiveFields.Url, MessageErrors.LinkInvalid);
        return null;
    }

    private void RefuseOf(string field, string? text)
    {
        if (text is not null)
        {
            Errors.Add(field, MessageErrors.OnlyBody);
        }
    }

    private string ReadKind(Optional<string?> given)
    {
        var kind = given.Or(null)?.Trim();
        if (kind is not (Button or List or Link or LocationRequest or NumberRequest) && !Errors.Has(InteractiveFields.Type))
        {
            Errors.Add(InteractiveFields.Type, MessageErrors.InteractiveTypeInvalid);
        }

        return kind ?? "";
    }

    private void ReadButtons(IReadOnlyList<ButtonInput>? given)
    {
        if (Errors.Has(InteractiveFields.Buttons))
        {
            return;
        }

        if (given is not { Count: >= 1 and <= MaxButtons })
        {
            Errors.Add(InteractiveFields.Buttons, MessageErrors.ButtonsCount);
            return;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < given.Count; index++)
        {
            var path = $"{InteractiveFields.Buttons}.{index}.";
            var id = Fields.Required(path + "id", given[index].Id, ButtonIdMaxLength, MessageErrors.IdRequired);
            var title = Fields.Required(path + "title", given[index].Title, ButtonTitleMaxLength, MessageErrors.TitleRequired);
            if (id is not null && !ids.Add(id))
            {
                Errors.Add(path + "id", MessageErrors.IdTaken);
            }

            if (title is not null && !titles.Add(title))
            {
                Errors.Add(path + "title", MessageErrors.TitleTaken); // WhatsApp rejects duplicate titles
            }

            _buttons.Add(new ReplyButton(id ?? "", title ?? ""));
        }
    }

    private void ReadSections(IReadOnlyList<SectionInput>? given)
    {
        if (Errors.Has(InteractiveFields.Sections))
        {
            return;
        }

        if (given is not { Count: >= 1 and <= MaxSections })
        {
            Errors.Add(InteractiveFields.Sections, MessageErrors.SectionsCount);
            return;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < given.Count; index++)
        {
            var path = $"{InteractiveFields.Sections}.{index}.";
            var title = Fields.Required(path + "title", given[index].Title, SectionTitleMaxLength, MessageErrors.TitleRequired);
            _sections.Add(new ListSection(title ?? "", ReadRows(path + "rows", given[index].Rows, ids)));
        }

        if (_sections.Sum(section => section.Rows.Count) > MaxRows)
        {
            Errors.Add(InteractiveFields.Sections, MessageErrors.RowsCount);
        }
    }

    private List<ListRow> ReadRows(string path, IReadOnlyList<RowInput>? given, HashSet<string> ids)
    {
        var rows = new List<ListRow>();
        if (Errors.Has(path))
        {
            return rows;
        }

        if (given is not { Count: >= 1 })
        {
            Errors.Add(path, MessageErrors.RowsRequired);
            return rows;
        }

        for (var index = 0; index < given.Count; index++)
        {
            var id = Fields.Required($"{path}.{index}.id", given[index].Id, RowIdMaxLength, MessageErrors.IdRequired);
            var title = Fields.Required($"{path}.{index}.title", given[index].Title, RowTitleMaxLength, MessageErrors.TitleRequired);
            var description = Fields.Text($"{path}.{index}.description", given[index].Description, DescriptionMaxLength);
            if (id is not null && !ids.Add(id))
            {
                Errors.Add($"{path}.{index}.id", MessageErrors.IdTaken);
            }

            rows.Add(new ListRow(id ?? "", title ?? "", description));
        }

        return rows;
    }
}

public static class InteractiveFields
{
    public const string Type = "type";
    public const string Body = "body_text";
    public const string Header = "header_text";
    public const string Footer = "footer_text";
    public const string Buttons = "buttons";
    public const string ListButton = "list_button_text";
    public const string Sections = "sections";
    public const string LinkText = "button_text";
    public const string Url = "url";
}
