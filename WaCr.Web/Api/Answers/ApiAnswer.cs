using System.Buffers;
using System.Text.Json;

namespace WaCr.Web.Api.Answers;

/// <summary>Every answer of the API: the envelope around a resource or a problem.</summary>
internal abstract class ApiAnswer(int statusCode) : IResult
{
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonEncodedText Success = JsonEncodedText.Encode("success");
    private static readonly JsonEncodedText Meta = JsonEncodedText.Encode("meta");
    private static readonly JsonEncodedText RequestId = JsonEncodedText.Encode("request_id");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    public int StatusCode => statusCode;

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>Seconds to wait before a retry.</summary>
    public int? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext context)
    {
        if (RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var call = context.RequestServices.GetRequiredService<ApiCall>();
        var output = JsonOutput.Start();
        Write(output.Json, call);
        return call.BeforeSending is { } beforeSending
            ? SendAfterAsync(context, beforeSending, new SentAnswer(StatusCode, Location, ETag, output.Written.ToArray()))
            : SendAsync(context, StatusCode, Location, ETag, output.Written);
    }

    public static Task SendAsync(HttpContext context, SentAnswer answer) =>
        SendAsync(context, answer.StatusCode, answer.Location, answer.ETag, answer.Body);

    /// <summary>The properties between <c>success</c> and <c>meta</c>.</summary>
    protected abstract void WriteBody(Utf8JsonWriter json);

    protected virtual bool HasMeta => true;

    protected virtual void WriteMeta(Utf8JsonWriter json) { }

    private static async Task SendAfterAsync(HttpContext context, Func<SentAnswer, Task> beforeSending, SentAnswer answer)
    {
        await beforeSending(answer);
        await SendAsync(context, answer);
    }

    private static Task SendAsync(HttpContext context, int statusCode, string? location, string? etag, ReadOnlySpan<byte> body)
    {
        var response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        if (location is not null)
        {
            response.Headers.Location = location;
        }

        if (etag is not null)
        {
            response.Headers.ETag = etag;
        }

        response.BodyWriter.Write(body);
        return FlushAsync(response, context.RequestAborted);
    }

    private static Task FlushAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var flush = response.BodyWriter.FlushAsync(cancellationToken);
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }

    private void Write(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteBoolean(Success, statusCode < StatusCodes.Status400BadRequest);
        WriteBody(json);
        if (HasMeta)
        {
            json.WriteStartObject(Meta);
            json.WriteString(RequestId, call.RequestId);
            json.WritePropertyName(Timestamp);
            json.WriteTime(call.StartedAt);
            WriteMeta(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>A version as a strong entity tag.</summary>
    public static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
