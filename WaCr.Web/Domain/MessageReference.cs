namespace WaCr.Web.Domain;

public readonly record struct MessageReference(long Id, int Nonce)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Nonce:x8}");

    /// <summary>Null if it is not our reference.</summary>
    public static MessageReference? Parse(string? text)
    {
        var parts = text?.Split('-');
        return parts is [var id, { Length: 8 } nonce]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(nonce, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var random)
                ? new MessageReference(number, random)
                : null;
    }
}
