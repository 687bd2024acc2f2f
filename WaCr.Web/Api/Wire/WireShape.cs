using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Api.Wire;

/// <summary>
/// The fields of a resource: answers are written from this list, <c>fields</c> is checked against it, and the OpenAPI document is built
/// from it. A selection of fields is a bit set over it.
/// </summary>
internal sealed class WireShape<T> : IWireShape
{
    private readonly WireField<T>[] _fields;

    /// <param name="name">Its name in the OpenAPI document.</param>
    /// <param name="fields">In writing order; at most 64.</param>
    public WireShape(string name, params WireField<T>[] fields)
    {
        Name = name;
        _fields = fields;
        for (var index = 0; index < fields.Length; index++)
        {
            Everything |= 1UL << index;
            Default |= fields[index].IsInclude ? 0 : 1UL << index;
        }

        FieldNames = Array.ConvertAll(fields, field => field.Name);
    }

    public string Name { get; }

    public IReadOnlyList<string> FieldNames { get; }

    public ulong Default { get; }

    public ulong Everything { get; }

    /// <summary>The bit of a field; 0 if there is no such field.</summary>
    public ulong BitOf(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < _fields.Length; index++)
        {
            if (name.SequenceEqual(_fields[index].Name))
            {
                return 1UL << index;
            }
        }

        return 0;
    }

    public void Write(Utf8JsonWriter json, T item, ulong selection)
    {
        json.WriteStartObject();
        for (var index = 0; index < _fields.Length; index++)
        {
            if ((selection & (1UL << index)) != 0)
            {
                var field = _fields[index];
                json.WritePropertyName(field.EncodedName);
                field.Write(json, item);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes its default fields into an object that has others as well.</summary>
    public void WriteProperties(Utf8JsonWriter json, T item)
    {
        foreach (var field in _fields.Where(field => !field.IsInclude))
        {
            json.WritePropertyName(field.EncodedName);
            field.Write(json, item);
        }
    }

    public void WriteOrNull(Utf8JsonWriter json, T? item)
    {
        if (item is null)
        {
            json.WriteNullValue();
            return;
        }

        Write(json, item, Default);
    }

    /// <summary>Nothing but the id is required, since <c>fields</c> may leave out the rest.</summary>
    public JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in _fields)
        {
            properties[field.Name] = field.Schema.DeepClone();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (BitOf("id") != 0)
        {
            schema["required"] = new JsonArray("id");
        }

        return schema;
    }
}

/// <summary>A shape without its type, for the OpenAPI document and for reading <c>fields</c>.</summary>
internal interface IWireShape
{
    string Name { get; }

    IReadOnlyList<string> FieldNames { get; }

    ulong Default { get; }

    ulong BitOf(ReadOnlySpan<char> name);

    JsonObject Schema();
}
