using System.Text.Json;

namespace WaCr.Web.Api.Requests;

/// <summary>
/// Reads fields of a JSON object. A value of the wrong type is reported under its field and counts as absent, so that the service can
/// report it together with its own errors.
/// </summary>
internal sealed class ObjectReader(JsonElement body)
{
    private const string NotText = "Must be a string";
    private const string NotInteger = "Must be an integer";
    private const string NotNumber = "Must be a number";
    private const string NotObjectsOrIds = "Must be an array of objects or integers";
    private const string NotTexts = "Must be an array of strings";
    private const string NotIntegers = "Must be an array of integers";
    private const string NotObjects = "Must be an array of objects";
    private const string NotBoolean = "Must be true or false";

    public FieldErrors Unreadable { get; } = [];

    public Optional<string?> Text(string field) => Has(field, out var value) ? ReadText(field, value) : default;

    /// <summary>A list of texts; any other element is reported under its index.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (!Has(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Unreadable.Add(field, NotTexts);
            return [];
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{field}.{texts.Count}");
            texts.Add(ReadText(at, element).Or(null) ?? "");
            if (element.ValueKind == JsonValueKind.Null)
            {
                Unreadable.Add(at, NotText);
            }
        }

        return texts;
    }

    /// <summary>For a field that takes an id or a word.</summary>
    public Optional<string?> TextOrNumber(string field) =>
        Has(field, out var value) && IsInteger(value, out var number) ? number.ToString(CultureInfo.InvariantCulture) : Text(field);

    public Optional<long?> Integer(string field)
    {
        if (!Has(field, out var value))
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return new Optional<long?>(null);
        }

        return IsInteger(value, out var number) ? number : Wrong<long?>(field, NotInteger);
    }

    public Optional<IReadOnlyList<long>?> Integers(string field)
    {
        if (!Has(field, out var value))
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return new Optional<IReadOnlyList<long>?>(null);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Wrong<IReadOnlyList<long>?>(field, NotIntegers);
        }

        var numbers = new List<long>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (!IsInteger(element, out var number))
            {
                return Wrong<IReadOnlyList<long>?>(field, NotIntegers);
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>
    /// Applies <paramref name="read"/> to each object of an array; null if there is none. Errors are keyed <c>field.0.…</c>
    /// </summary>
    public IReadOnlyList<T>? Objects<T>(string field, Func<ObjectReader, T> read) => Elements(field, read, identify: null, NotObjects);

    /// <summary>An array of objects as it is, for what is not ours to read.</summary>
    public Optional<JsonElement> Raw(string field)
    {
        if (!Has(field, out var value))
        {
            return default;
        }

        return value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object)
            ? Wrong<JsonElement>(field, NotObjects)
            : value.HasStorableTexts() ? value.Clone() : Wrong<JsonElement>(field, TextRule.Unprintable.Message);
    }

    /// <summary>The object in a field; an empty one if there is none.</summary>
    public ObjectReader Object(string field) => new(Has(field, out var value) ? value : default);

    public bool IsObject => body.ValueKind == JsonValueKind.Object;

    /// <summary>Whether the field is an array that begins with an object.</summary>
    public bool HasObjects(string field) =>
        Has(field, out var value)
            && value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Object;

    /// <summary>Ids as an array or as comma-separated text.</summary>
    public IReadOnlyList<long> IdsOrText(string field)
    {
        if (Has(field, out var value) && value.ValueKind == JsonValueKind.String)
        {
            var parts = (Text(field).Or(null) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var ids = new List<long>(parts.Length);
            foreach (var part in parts)
            {
                if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    Unreadable.Add(field, NotIntegers);
                    return [];
                }

                ids.Add(id);
            }

            return ids;
        }

        return Integers(field).Or(null) ?? [];
    }

    /// <summary>A number, with or without a fraction; null if absent.</summary>
    public decimal? Decimal(string field)
    {
        if (!Has(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }

        Unreadable.Add(field, NotNumber);
        return null;
    }

    /// <summary>A time in ISO 8601 with its offset; null if absent.</summary>
    public DateTimeOffset? Time(string field, FieldError wrong)
    {
        if (Text(field).Or(null)?.Trim() is not { } text)
        {
            return null;
        }

        if (TimeValue.ReadWithOffset(text) is { } time)
        {
            return time;
        }

        Unreadable.Add(field, wrong);
        return null;
    }

    /// <summary>The elements of an array, each an object or a whole number; null if there is none.</summary>
    public IReadOnlyList<T>? ObjectsOrIds<T>(string field, Func<ObjectReader, T> read, Func<long, T> identify) =>
        Elements(field, read, identify, NotObjectsOrIds);

    public bool BooleanOr(string field, bool fallback)
    {
        if (!Has(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Unreadable.Add(field, NotBoolean);
        return fallback;
    }

    /// <summary>Whether it is a whole number, however it is written: many clients write 19 as 19.0.</summary>
    public static bool IsInteger(JsonElement element, out long number)
    {
        number = 0;
        if (element.ValueKind != JsonValueKind.Number || element.TryGetInt64(out number))
        {
            return element.ValueKind == JsonValueKind.Number;
        }

        if (!element.TryGetDecimal(out var exact) || exact != decimal.Truncate(exact) || exact is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }

    private List<T>? Elements<T>(string field, Func<ObjectReader, T> read, Func<long, T>? identify, string unfit)
    {
        if (!Has(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.Object
                && (identify is null || !IsInteger(element, out _))))
        {
            Unreadable.Add(field, unfit);
            return null;
        }

        var items = new List<T>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (IsInteger(element, out var id))
            {
                items.Add(identify!(id));
                continue;
            }

            var reader = new ObjectReader(element);
            var at = string.Create(CultureInfo.InvariantCulture, $"{field}.{items.Count}.");
            items.Add(read(reader));
            Unreadable.AddAll(reader.Unreadable, at);
        }

        return items;
    }

    private Optional<string?> ReadText(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return new Optional<string?>(null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<string?>(field, NotText);
        }

        // Here and not by each service: not all check a text that they only look up, and PostgreSQL takes no NUL in a parameter.
        return value.HasStorableTexts() ? value.GetString() : Wrong<string?>(field, TextRule.Unprintable.Message);
    }

    private bool Has(string field, out JsonElement value)
    {
        value = default;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out value);
    }

    private Optional<T> Wrong<T>(string field, string message)
    {
        Unreadable.Add(field, message);
        return default;
    }
}
