using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A refusal in Graph's format.</summary>
internal sealed record Refusal(int Code, string? Details = null, int? Subcode = null)
{
    private const int InvalidToken = 190;

    /// <summary>The full message, if it is not the code with its title.</summary>
    public string? Message { get; init; }

    public string Type { get; init; } = "OAuthException";

    /// <summary>Extra texts of template errors: a title and a sentence for people.</summary>
    public string? UserTitle { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Missing(string parameter) => new(131008, $"The parameter {parameter} is required.");

    public static Refusal Invalid(string details) => new(131009, details);

    public static Refusal Unsupported(string details) => new(100, details);

    /// <summary>Of code 100 about a parameter, Graph says in the message itself what is wrong.</summary>
    public static Refusal BadParameter(string details) => new(100, details) { Message = $"(#100) {details}" };

    public static Refusal UnknownPath(string[] path) => path.Length < 2
        ? Unknown(string.Join('/', path))
        : new(2500) { Message = $"Unknown path components: /{string.Join('/', path.Skip(1))}" };

    public static Refusal TooLong(string parameter, int longest) =>
        new(100, string.Create(CultureInfo.InvariantCulture, $"Param {parameter} must be at most {longest} characters long."));

    public static Refusal Unknown(string id) => new(100, null, 33)
    {
        Type = "GraphMethodException",
        Message =
            $"Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
    };

    public static Refusal BadToken(string message, int? subcode = null) => new(InvalidToken, null, subcode) { Message = message };

    /// <summary>Template errors have code 100 and a subcode.</summary>
    public static Refusal Template(int subcode, string title, string details) =>
        new(100, details, subcode) { Message = "Invalid parameter", UserTitle = title };

    public JsonObject Write(string trace)
    {
        var error = new JsonObject
        {
            ["message"] = Message ?? string.Create(CultureInfo.InvariantCulture, $"(#{Code}) {RefusalTitles.Of(Code)}"),
            ["type"] = Type,
            ["code"] = Code,
        };
        if (Subcode is { } subcode)
        {
            error["error_subcode"] = subcode;
        }

        if (UserTitle is not null)
        {
            error["is_transient"] = false;
            error["error_user_title"] = UserTitle;
            error["error_user_msg"] = Details;
        }

        if (Details is not null)
        {
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        }

        error["fbtrace_id"] = trace;
        return new JsonObject { ["error"] = error };
    }

    /// <summary>As it appears in a webhook's status or message.</summary>
    public static JsonObject InWebhook(int code, string? details) => new()
    {
        ["code"] = code,
        ["title"] = RefusalTitles.Of(code),
        ["message"] = RefusalTitles.Of(code),
        ["error_data"] = new JsonObject { ["details"] = details ?? RefusalTitles.DetailsOf(code) },
        ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    };

    /// <summary>Statuses observed in practice; Meta documents none and asks to use the code.</summary>
    public int HttpStatus(IReadOnlyDictionary<int, int> others) => others.TryGetValue(Code, out var status) ? status : Code switch
    {
        0 or InvalidToken => 401,
        132001 => 404,
        4 or 80007 or 130429 => 429,
        1 or 2 or 3 or 131000 or 131016 => 500,
        10 or (>= 200 and <= 299) or 368 or 130497 or 131031 => 403,
        _ => 400,
    };
}
