namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Text for types that have none of their own, shown in lists, searchable and returned by the API. Made of the contact's content and
/// symbols only, so it fits every language.
/// </summary>
internal static class MessageContentLabels
{
    /// <summary>Larger amounts are not treated as prices.</summary>
    public const decimal MaxAmount = 1_000_000_000_000m;

    public static string? Of(MessageContent content)
    {
        var lines = content switch
        {
            { Cards.Count: > 0 } => content.Cards.Select(Line),
            { Order: { } order } => Lines(order),
            { FlowAnswers: { Count: > 0 } answers } => answers.Select(answer => $"{answer.Name}: {answer.Text}"),
            { Location: { } place } => [Line(place)],
            { Interactive.Body: { } body } => [body],
            _ => [],
        };
        var text = string.Join('\n', lines.Where(line => line.Length > 0)).Cut(Message.TextMaxLength);
        return text.Length > 0 ? text : null;
    }

    private static string Line(MessageCard card)
    {
        var name = card.Name ?? card.Company;
        var details = string.Join(", ", card.Phones.Select(phone => phone.Number).Concat(card.Emails));
        return name is null ? details : details.Length == 0 ? name : $"{name}: {details}";
    }

    private static string Line(MessagePlace place) => place switch
    {
        { Name: { } name, Address: { } address } when !address.StartsWith(name, StringComparison.Ordinal) => $"{name}, {address}",
        _ => place.Address ?? place.Name ?? $"{place.Latitude}, {place.Longitude}",
    };

    private static IEnumerable<string> Lines(MessageOrder order) =>
    [
        order.Text ?? "",
        .. order.Items.Select(item =>
            $"{Number(item.Quantity ?? 1)} × {item.ProductId}" + (item.Price is { } price ? $", {Money(price, item.Currency)}" : "")),
        .. order.Items.Count > 0 ? order.Totals.Select(total => "= " + Money(total.Amount, total.Currency)) : [],
    ];

    private static string Money(decimal amount, string? currency) =>
        amount.ToString(
            decimal.IsInteger(amount) ? "0" : "0.00##", CultureInfo.InvariantCulture) + (currency is null ? "" : " " + currency);

    private static string Number(decimal amount) => amount.ToString("0.####", CultureInfo.InvariantCulture);
}
