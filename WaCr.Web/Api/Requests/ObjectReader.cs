using System.Text.Json;
using WaCr.Web.Common;

namespace WaCr.Web.Api.Requests;

/// <summary>
/// Takes fields out of a JSON object. A value of the wrong type is noted under its field and counts as not given, so
/// that the service can report it beside its own findings.
/// </summary>
internal sealed class ObjectReader(JsonElement body)
{
    private const string NotText = "Must be a string";
    private const string NotInteger = "Must be an integer";
    private const string NotIntegers = "Must be an array of integers";
    private const string NotBoolean = "Must be true or false";

    public FieldErrors Unreadable { get; } = [];

    public Optional<string?> Text(string field)
    {
        if (!Has(field, out var value))
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return new Optional<string?>(null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<string?>(field, NotText);
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // The reader's only way to say that an escape is half a surrogate pair.
            return Wrong<string?>(field, TextRules.Unprintable);
        }
    }

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

    public static bool IsInteger(JsonElement element, out long number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out number);
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
