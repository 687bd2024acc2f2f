using System.Text;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Resumable uploads of sample files for templates' headers: a session, then the bytes, then the handle.</summary>
internal sealed class GraphSamples(SandboxWorld world, GraphAccess access)
{
    private const string Session = "upload:";
    private const string Handle = "4::";
    private static readonly TimeSpan HandleLives = TimeSpan.FromDays(30);
    private static readonly string[] Types = ["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"];

    /// <summary>Each account has an app of its own here.</summary>
    public static string AppOf(SandboxNumber number) => "5" + number.BusinessAccountId;

    /// <summary>Whether it was given out for an uploaded sample.</summary>
    public static bool IsHandle(string handle) => handle.StartsWith(Handle, StringComparison.Ordinal) && handle.Length > Handle.Length;

    public static bool IsSession(string id) => id.StartsWith(Session, StringComparison.Ordinal);

    public GraphAnswer Begin(string? token, string app, string? length, string? type) => access.Serve(new(token, "media"), numbers =>
    {
        if (!numbers.Any(number => AppOf(number) == app))
        {
            return access.Refuse(Refusal.Unknown(app));
        }

        if (!long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes is 0 or > MediaRules.MaxUpload)
        {
            return access.Refuse(Refusal.Unsupported("Param file_length must be the file's length in bytes."));
        }

        return Types.Contains(type)
            ? GraphAnswer.Ok(
                new JsonObject
                {
                    ["id"] = Session + Encoded(string.Create(CultureInfo.InvariantCulture, $"{bytes}|{type}")) + "?sig=sandbox",
                })
            : access.Refuse(Refusal.Unsupported($"Param file_type must be one of {{{string.Join(", ", Types)}}}."));
    });

    /// <param name="offset">The header <c>file_offset</c>; the sandbox takes a file in one piece.</param>
    public GraphAnswer Upload(string? token, string session, string? offset, byte[] bytes) => access.Serve(new(token, "media"), numbers =>
    {
        if (Decoded(session[Session.Length..])?.Split('|') is not [var length, var type])
        {
            return access.Refuse(Refusal.Unknown(session));
        }

        if (offset != "0")
        {
            return access.Refuse(Refusal.Unsupported("The header file_offset must be 0."));
        }

        if (bytes.Length.ToString(CultureInfo.InvariantCulture) != length)
        {
            return access.Refuse(Refusal.Unsupported($"The file has {bytes.Length} bytes, and {length} were announced."));
        }

        var file = world.Files.Add(numbers[0].BusinessAccountId, type, bytes, world.Clock.Now + HandleLives);
        return GraphAnswer.Ok(new JsonObject { ["h"] = Handle + Encoded(file.Id) + ":" + Encoded(type) });
    });

    private static string Encoded(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string? Decoded(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
