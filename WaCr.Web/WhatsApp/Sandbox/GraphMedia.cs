using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Files: upload, URL, download, delete.</summary>
internal sealed class GraphMedia(SandboxWorld world, GraphAccess access)
{
    private static readonly TimeSpan UploadLives = TimeSpan.FromDays(30);

    public GraphAnswer Upload(string? token, string phoneNumberId, string? product, string? mimeType, byte[]? bytes) =>
        access.Serve(new(token, "media", phoneNumberId), numbers =>
    {
        if (numbers.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId) is not { } number)
        {
            return access.Refuse(Refusal.Unknown(phoneNumberId));
        }

        if (product != "whatsapp")
        {
            return access.Refuse(Refusal.Unsupported("The parameter messaging_product is required."));
        }

        if (bytes is null || mimeType is null)
        {
            return access.Refuse(Refusal.Unsupported("The parameter file is required."));
        }

        return MediaRules.Check(mimeType, bytes.Length) is { } refusal
            ? access.Refuse(refusal)
            : GraphAnswer.Ok(
                new JsonObject { ["id"] = world.Files.Add(number.BusinessAccountId, mimeType, bytes, world.Clock.Now + UploadLives).Id });
    });

    /// <param name="root">The sandbox's own address, for the file's URL.</param>
    public GraphAnswer? Describe(string id, IReadOnlyList<SandboxNumber> numbers, string root)
    {
        if (FindOf(id, numbers) is not { } media)
        {
            return null;
        }

        var expires = (world.Clock.Now + world.Behaviour.MediaUrlLifetime).ToUnixTimeSeconds();
        return GraphAnswer.Ok(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{root}{SandboxPaths.Graph}/whatsapp_business/attachments/?mid={id}&ext={expires}&hash={HashOf(id, expires)}"),
            ["mime_type"] = media.MimeType,
            ["sha256"] = media.Sha256,
            ["file_size"] = media.Bytes.Length, // Meta's reference says text, the live API and its clients a number
            ["id"] = id,
        });
    }

    /// <summary>Null if the URL is wrong or expired, after five minutes.</summary>
    public (SandboxMedia? Media, GraphAnswer? Refused) Open(string? token, string id, string expires, string hash)
    {
        SandboxMedia? media = null;
        var answer = access.Serve(new(token, "download"), numbers =>
        {
            media = long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                && hash == HashOf(id, until) && until > world.Clock.Now.ToUnixTimeSeconds()
                ? FindOf(id, numbers)
                : null;
            return media is null ? new GraphAnswer(404, new JsonObject()) : GraphAnswer.Success();
        });
        return answer is { Status: 200, Fault: Fault.None } ? (media, null) : (null, answer);
    }

    public GraphAnswer? Delete(string id, IReadOnlyList<SandboxNumber> numbers)
    {
        if (FindOf(id, numbers) is null)
        {
            return null;
        }

        world.Files.Remove(id);
        return GraphAnswer.Success();
    }

    private SandboxMedia? FindOf(string id, IReadOnlyList<SandboxNumber> numbers) =>
        world.Files.Find(id, world.Clock.Now) is { } media && numbers.Any(number => number.BusinessAccountId == media.BusinessAccountId)
            ? media
            : null;

    private static string HashOf(string id, long expires) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sandbox|{id}|{expires}"))), 0, 16);
}
