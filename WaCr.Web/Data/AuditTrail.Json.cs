using System.Text.Json;

namespace WaCr.Web.Data;

/// <content>An entry's changes as JSON: each field before and after.</content>
internal static partial class AuditTrail
{
    /// <summary>The same fields without their values.</summary>
    public static string WithoutValues(string changes)
    {
        using var known = JsonDocument.Parse(changes);
        return Write(json =>
        {
            foreach (var field in known.RootElement.EnumerateObject())
            {
                WritePair(json, field.Name, null, null);
            }
        });
    }

    /// <summary>Adds further details, if any, to the changes.</summary>
    public static string With(string changes, IReadOnlyDictionary<string, string?> given)
    {
        using var known = JsonDocument.Parse(changes);
        return Write(json =>
        {
            foreach (var field in known.RootElement.EnumerateObject())
            {
                field.WriteTo(json);
            }

            foreach (var (name, value) in given.Where(one => one.Value is not null))
            {
                WritePair(json, name, null, value);
            }
        });
    }

    /// <summary>Whether <paramref name="changes"/> hold only these fields.</summary>
    internal static bool ChangesOnly(string changes, params ReadOnlySpan<string> fields)
    {
        using var known = JsonDocument.Parse(changes);
        foreach (var change in known.RootElement.EnumerateObject())
        {
            if (!fields.Contains(change.Name))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool ChangesConsent(string changes)
    {
        using var known = JsonDocument.Parse(changes);
        return known.RootElement.EnumerateObject().Any(change => change.Name is AuditFields.ConsentMarketing or AuditFields.ConsentService);
    }

    /// <summary>Whether <paramref name="changes"/> allow something that was denied.</summary>
    internal static bool EndsDenial(string changes)
    {
        using var known = JsonDocument.Parse(changes);
        return known.RootElement.EnumerateObject().Any(change => change.Name is AuditFields.ConsentMarketing or AuditFields.ConsentService
            && change.Value[0].ValueEquals("denied") && !change.Value[1].ValueEquals("denied"));
    }

    private static void WritePair(Utf8JsonWriter json, string field, object? before, object? after)
    {
        json.WriteStartArray(field);
        WriteValue(json, before);
        WriteValue(json, after);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case Enum word: json.WriteStringValue(word.ToString().ToLowerInvariant()); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            case List<long> ids:
                json.WriteStartArray();
                ids.ForEach(json.WriteNumberValue);
                json.WriteEndArray();
                break;
            default: throw new NotSupportedException($"No audit form for {value.GetType().Name}.");
        }
    }
}
