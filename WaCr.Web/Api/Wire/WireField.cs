using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Api.Wire;

/// <summary>
/// One field of a resource: how it is written, and its schema. A field with <see cref="IsInclude"/> is written only on request.
/// </summary>
internal sealed class WireField<T>(string name, Action<Utf8JsonWriter, T> write, JsonObject schema, bool isInclude = false)
{
    public string Name => name;

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public Action<Utf8JsonWriter, T> Write => write;

    public JsonObject Schema => schema;

    public bool IsInclude => isInclude;
}

/// <summary>The kinds of field, each with its writer and schema.</summary>
internal static class WireField
{
    public static WireField<T> Id<T>(Func<T, long> read) =>
        new("id", (json, item) => json.WriteNumberValue(read(item)), Schemas.Integer("Identifies it within the workspace.", 12));

    public static WireField<T> Integer<T>(string name, Func<T, long> read, string description, long example) =>
        new(name, (json, item) => json.WriteNumberValue(read(item)), Schemas.Integer(description, example));

    public static WireField<T> IntegerOrNull<T>(string name, Func<T, long?> read, string description, long? example) =>
        new(name, (json, item) => json.WriteNumberOrNull(read(item)), Schemas.Integer(description, example).OrNull());

    public static WireField<T> Boolean<T>(string name, Func<T, bool> read, string description) =>
        new(name, (json, item) => json.WriteBooleanValue(read(item)), Schemas.Boolean(description));

    public static WireField<T> Text<T>(string name, Func<T, string> read, string description, string example) =>
        new(name, (json, item) => json.WriteStringValue(read(item)), Schemas.Text(description, example));

    public static WireField<T> TextOrNull<T>(string name, Func<T, string?> read, string description, string? example) =>
        new(name, (json, item) => json.WriteStringValue(read(item)), Schemas.Text(description, example).OrNull());

    public static WireField<T> Word<T>(string name, Func<T, string> read, string description, params string[] words) =>
        new(name, (json, item) => json.WriteStringValue(read(item)), Schemas.Word(description, words));

    public static WireField<T> WordOrNull<T>(string name, Func<T, string?> read, string description, params string[] words) =>
        new(name, (json, item) => json.WriteStringValue(read(item)), Schemas.Word(description, words).OrNull());

    public static WireField<T> Time<T>(string name, Func<T, DateTimeOffset> read, string description) =>
        new(name, (json, item) => json.WriteTime(read(item)), Schemas.Time(description));

    public static WireField<T> TimeOrNull<T>(string name, Func<T, DateTimeOffset?> read, string description) =>
        new(name, (json, item) => json.WriteTimeOrNull(read(item)), Schemas.Time(description).OrNull());

    public static WireField<T> Integers<T>(string name, Func<T, IReadOnlyList<long>> read, string description) =>
        new(
            name,
            (json, item) =>
            {
                json.WriteStartArray();
                foreach (var number in read(item))
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            },
            Schemas.ArrayOf(Schemas.Integer("An id.", 4), description));

    public static WireField<T> Included<T, TOther>(string name, Func<T, TOther?> read, WireShape<TOther> shape, string description)
        where TOther : class =>
        new(
            name,
            (json, item) => shape.WriteOrNull(json, read(item)),
            Schemas.OrNull(Schemas.RefTo(shape.Name), description),
            isInclude: true);

    public static WireField<T> IncludedList<T, TOther>(
        string name, Func<T, IReadOnlyList<TOther>?> read, WireShape<TOther> shape, string description)
        where TOther : class =>
        new(
            name,
            (json, item) =>
            {
                json.WriteStartArray();
                foreach (var other in read(item) ?? [])
                {
                    shape.Write(json, other, shape.Default);
                }

                json.WriteEndArray();
            },
            Schemas.ArrayOf(Schemas.RefTo(shape.Name), description),
            isInclude: true);

    public static WireField<T> IncludedInteger<T>(string name, Func<T, long?> read, string description, long example) =>
        new(name, (json, item) => json.WriteNumberOrNull(read(item)), Schemas.Integer(description, example), isInclude: true);

    public static WireField<T> Object<T, TOther>(string name, Func<T, TOther> read, WireShape<TOther> shape)
        where TOther : class =>
        new(name, (json, item) => shape.Write(json, read(item), shape.Default), Schemas.RefTo(shape.Name));
}
