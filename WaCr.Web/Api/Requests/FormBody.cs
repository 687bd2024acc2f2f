using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using WaCr.Web.Api.Answers;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.Requests;

/// <summary>A body of fields and files: <c>multipart/form-data</c>, read as if its fields were JSON, or JSON itself.</summary>
internal sealed class FormBody
{
    private const long MaxForm = 105L * 1024 * 1024;
    private const int MaxValue = 64 * 1024;
    private const int MaxValues = 200;
    private const int InMemory = 64 * 1024;

    private readonly HttpContext _context;

    private FormBody(HttpContext context, JsonElement fields, IFormFileCollection? files = null) =>
        (_context, Fields, Files) = (context, fields, files);

    public JsonElement Fields { get; }

    private IFormFileCollection? Files { get; }

    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <param name="fields">Null if a form is not accepted.</param>
    public static async Task<(FormBody Body, Problem? Problem)> ReadAsync(HttpContext context, FormFields? fields)
    {
        if (fields is null || !IsForm(context.Request))
        {
            var (json, unreadable) = await JsonBody.ReadAsync(context);
            return (new FormBody(context, json), unreadable);
        }

        var (form, problem) = await ReadFormAsync(context);
        return form is null ? (new FormBody(context, default), problem) : (new FormBody(context, ToJson(form, fields), form.Files), null);
    }

    /// <summary>The file of a field; its stream is closed with the request.</summary>
    public FileInput? File(string field)
    {
        if (Files?.GetFile(field) is not { } file)
        {
            return null;
        }

        var content = file.OpenReadStream();
        _context.Response.RegisterForDispose(content);
        return new FileInput(content, file.FileName);
    }

    /// <summary>Equal for equal fields and files, whatever the boundary between them; null if it cannot be read.</summary>
    public static async Task<(byte[]? Fingerprint, Problem? Problem)> FingerprintAsync(HttpContext context)
    {
        var (form, problem) = await ReadFormAsync(context);
        if (form is null)
        {
            return (null, problem);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{values.Count}\n{string.Join('\u001F', values.ToArray())}\n"));
        }

        foreach (var file in form.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            await using var content = file.OpenReadStream();
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.FileName}\n"));
            hash.AppendData(await SHA256.HashDataAsync(content, context.RequestAborted));
        }

        return (hash.GetHashAndReset(), null);
    }

    private static async Task<(IFormCollection? Form, Problem? Problem)> ReadFormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxForm;
        }

        if (context.Request.ContentLength > MaxForm)
        {
            return (null, Problem.FormTooLarge);
        }

        try
        {
            var options = new FormOptions
            {
                MultipartBodyLengthLimit = MaxForm,
                ValueLengthLimit = MaxValue,
                ValueCountLimit = MaxValues,
                MemoryBufferThreshold = InMemory,
            };
            var form = await context.Request.ReadFormAsync(options, context.RequestAborted);
            return (form, null);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return (null, Problem.Bad("The form cannot be read"));
        }
    }

    // "contact.firstname" and "contact[firstname]" are fields of an object.
    private static JsonElement ToJson(IFormCollection form, FormFields fields)
    {
        var json = new JsonObject();
        foreach (var (given, values) in form)
        {
            var name = given.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).TrimEnd('.');
            JsonNode? value = values.Count == 1
                ? ValueOf(name, values[0] ?? "", fields)
                : new JsonArray([.. values.Select(text => (JsonNode?)JsonValue.Create(text))]);
            var parts = name.Split('.', 2);
            if (parts.Length == 1)
            {
                json[name] = value;
            }
            else
            {
                var inner = json[parts[0]] as JsonObject ?? [];
                json[parts[0]] = inner;
                inner[parts[1]] = value;
            }
        }

        return JsonSerializer.SerializeToElement(json);
    }

    private static JsonValue ValueOf(string name, string text, FormFields fields)
    {
        if (fields.Integers.Contains(name) && long.TryParse(text.Trim(), out var number))
        {
            return JsonValue.Create(number);
        }

        return fields.Booleans.Contains(name) && BooleanOf(text.Trim()) is { } yes ? JsonValue.Create(yes) : JsonValue.Create(text);
    }

    private static bool? BooleanOf(string text) => text switch
    {
        "true" or "1" or "on" or "yes" => true,
        "false" or "0" or "off" or "no" or "" => false,
        _ => null,
    };
}

/// <param name="Integers">Fields whose text stands for a number.</param>
/// <param name="Booleans">Fields whose text stands for yes or no.</param>
internal sealed record FormFields(IReadOnlyCollection<string> Integers, IReadOnlyCollection<string> Booleans);
