using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Docs;

/// <summary>The part of the .http format that docs/http/README.md tells of: what editors send, plus the status that is expected.</summary>
internal sealed partial record HttpFile(string Name, IReadOnlyList<HttpFileRequest> Requests, IReadOnlyDictionary<string, string> Variables)
{
    public static HttpFile Read(string path)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var requests = new List<HttpFileRequest>();
        var section = new List<string>();
        var title = "";
        foreach (var line in File.ReadAllLines(path).Append("###"))
        {
            if (line.StartsWith("###", StringComparison.Ordinal))
            {
                if (HttpFileRequest.Parse(title, section) is { } request)
                {
                    requests.Add(request);
                }

                (title, section) = (line.TrimStart('#', ' '), []);
            }
            else if (Variable().Match(line) is { Success: true } variable)
            {
                variables[variable.Groups[1].Value] = variable.Groups[2].Value.Trim();
            }
            else
            {
                section.Add(line);
            }
        }

        return new HttpFile(Path.GetFileName(path), requests, variables);
    }

    /// <summary>Puts values in the place of <c>{{names}}</c>: variables, and what the answer to a named request held.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, JsonNode?> answers) =>
        Placeholder().Replace(text, match =>
        {
            var name = match.Groups[1].Value.Trim();
            if (variables.TryGetValue(name, out var value))
            {
                return Fill(value, variables, answers);
            }

            if (Captured().Match(name) is { Success: true } captured && answers.TryGetValue(captured.Groups[1].Value, out var answer)
                && At(answer, captured.Groups[2].Value) is { } found)
            {
                return found.ToString();
            }

            throw new FormatException($"Nothing is known as {match.Value}.");
        });

    // $.data.id and $.data[0].id
    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var step in Step().Matches(path).Select(match => match.Value))
        {
            node = int.TryParse(step, out var index) && node is JsonArray array
                ? index < array.Count ? array[index] : null
                : (node as JsonObject)?[step];
        }

        return node;
    }

    [GeneratedRegex(@"^@([\w-]+)\s*=(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^([\w-]+)\.response\.body\.\$(.+)$")]
    private static partial Regex Captured();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Step();
}

internal sealed partial record HttpFileRequest(
    string Title, string? Name, int ExpectedStatus, HttpMethod Method, string Address, IReadOnlyList<(string Name, string Value)> Headers,
    string? Body)
{
    private const int Ok = 200;

    /// <summary>Null where the section holds no request.</summary>
    public static HttpFileRequest? Parse(string title, List<string> section)
    {
        string? name = null;
        var expected = Ok;
        var index = 0;
        for (; index < section.Count && (section[index].Trim().Length == 0 || section[index].StartsWith('#')); index++)
        {
            if (Note().Match(section[index]) is { Success: true } note)
            {
                (name, expected) = note.Groups[1].Value == "name"
                    ? (note.Groups[2].Value, expected)
                    : (name, int.Parse(note.Groups[2].Value, null));
            }
        }

        if (index == section.Count)
        {
            return null;
        }

        var (method, address) = section[index].Split(' ', 2, StringSplitOptions.TrimEntries) is [var verb, var url]
            ? (verb, url)
            : throw new FormatException(section[index]);
        var headers = section.Skip(index + 1).TakeWhile(line => line.Trim().Length > 0).ToList();
        var body = string.Join('\n', section.Skip(index + 1 + headers.Count)).Trim();
        return new HttpFileRequest(
            title, name, expected, new HttpMethod(method), address,
            [.. headers.Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Select(pair => (pair[0], pair[1]))],
            body.Length == 0 ? null : body);
    }

    public HttpRequestMessage ToMessage(Func<string, string> fill)
    {
        var message = new HttpRequestMessage(Method, fill(Address));
        if (Body is not null)
        {
            // The request's own Content-Type stands below; a StringContent would add another.
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(fill(Body)));
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, fill(value)))
            {
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, fill(value));
            }
        }

        return message;
    }

    // "# @name created" and "# @expect 409"
    [GeneratedRegex(@"^#\s*@(name|expect)\s+([\w-]+)\s*$")]
    private static partial Regex Note();
}
