using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Reads vCards (2.1, 3.0, 4.0) as rows with headers known to the import. Several numbers of a card share a cell.</summary>
internal static class VCardTable
{
    private static readonly string[] Headers =
        ["First name", "Last name", "Full name", "Phone", "E-mail", "Company", "Notes", "Groups", "Street", "City", "State",
            "Postal code", "Country"];

    public static IEnumerable<TableRow> Read(Stream file, Encoding encoding, ReadingBounds bounds)
    {
        yield return new TableRow(0, Headers);
        var (begun, number) = (0, 0);
        VCard? card = null;
        foreach (var (line, text) in VCardLines.Read(file, encoding, bounds))
        {
            if (text.Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))
            {
                (card, begun) = (new VCard(), line);
            }
            else if (text.Equals("END:VCARD", StringComparison.OrdinalIgnoreCase) && card is not null)
            {
                if (++number > ReadingBounds.MaxRows)
                {
                    throw new UnreadableTableException(FileProblem.TooManyRows);
                }

                if (card.ToCells() is { } cells)
                {
                    yield return InvalidBytes.Resolve(new TableRow(begun, cells));
                }

                card = null;
            }
            else
            {
                card?.Add(text);
            }
        }
    }
}
