using System.Text.Json;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.Answers;

/// <summary>A success: <c>data</c> and a message.</summary>
internal abstract class DataAnswer(int statusCode, string message) : ApiAnswer(statusCode)
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");

    protected abstract void WriteData(Utf8JsonWriter json);

    protected override void WriteBody(Utf8JsonWriter json)
    {
        json.WritePropertyName(Data);
        WriteData(json);
        json.WriteString(Message, message);
    }
}

/// <summary>One resource.</summary>
internal sealed class ItemAnswer<T>(string message, T item, WireShape<T> shape, ulong fields, int statusCode = StatusCodes.Status200OK)
    : DataAnswer(statusCode, message)
{
    protected override void WriteData(Utf8JsonWriter json) => shape.Write(json, item, fields);
}

/// <summary>A page of a list.</summary>
internal sealed class PageAnswer<T>(string message, Page<T> page, WireShape<T> shape, ulong fields)
    : DataAnswer(StatusCodes.Status200OK, message)
{
    private static readonly JsonEncodedText Pagination = JsonEncodedText.Encode("pagination");

    protected override void WriteData(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var index = 0; index < page.Items.Count; index++)
        {
            shape.Write(json, page.Items[index], fields);
        }

        json.WriteEndArray();
    }

    protected override void WriteMeta(Utf8JsonWriter json)
    {
        var count = page.Items.Count;
        var before = page.Request.Skip;
        json.WriteStartObject(Pagination);
        json.WriteNumber("current_page"u8, page.Request.Number);
        json.WriteNumber("per_page"u8, page.Request.Size);
        json.WriteNumber("total"u8, page.Total);
        json.WriteNumber("last_page"u8, Math.Max(1, (page.Total + page.Request.Size - 1) / page.Request.Size));
        json.WritePropertyName("from"u8);
        json.WriteNumberOrNull(count == 0 ? null : before + 1);
        json.WritePropertyName("to"u8);
        json.WriteNumberOrNull(count == 0 ? null : before + count);
        json.WriteEndObject();
    }
}

/// <summary>A success without data.</summary>
internal sealed class EmptyAnswer(string message) : DataAnswer(StatusCodes.Status200OK, message)
{
    protected override void WriteData(Utf8JsonWriter json) => json.WriteNullValue();
}

/// <summary>An object with properties of its own.</summary>
internal sealed class ObjectAnswer(string message, Action<Utf8JsonWriter> properties, int statusCode = StatusCodes.Status200OK)
    : DataAnswer(statusCode, message)
{
    protected override void WriteData(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    }
}

/// <summary>A batch's result, in <c>data</c> and again at the top level, where clients of the v1 API read it.</summary>
internal sealed class TwiceAnswer(string message, Action<Utf8JsonWriter> properties) : DataAnswer(StatusCodes.Status200OK, message)
{
    protected override void WriteData(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    }

    protected override void WriteBody(Utf8JsonWriter json)
    {
        base.WriteBody(json);
        properties(json);
    }
}

/// <summary>
/// An answer without an envelope, as in the v1 API: its properties are next to <c>success</c>, and there is no <c>meta</c>.
/// </summary>
internal sealed class FlatAnswer(Action<Utf8JsonWriter> properties) : ApiAnswer(StatusCodes.Status200OK)
{
    protected override bool HasMeta => false;

    protected override void WriteBody(Utf8JsonWriter json) => properties(json);
}

/// <summary>304: the client's copy is current.</summary>
internal sealed class NotModifiedAnswer(string etag) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        context.Response.Headers.ETag = etag;
        return Task.CompletedTask;
    }
}
