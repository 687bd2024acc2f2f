using System.Net;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Downloads;

/// <summary>
/// A downloaded file. <paramref name="FileName"/> is the last part of its URL, for display; its type is detected from its content.
/// </summary>
public sealed record RemoteFile(string? FileName, long Size);

/// <summary>
/// Downloads files from URLs given by callers. Only public http and https hosts are reached, so that a URL gives no access to the product's
/// own network; redirects, size and time are limited.
/// </summary>
public sealed class RemoteFiles(HttpClient http, IOptions<RemoteFileOptions> options, TimeProvider time)
{
    public const int UrlMaxLength = 2048;
    public static readonly FieldError NotPublic = new("file.not_public", "Must be a public http or https URL");
    public static readonly FieldError NotFetched = new("file.not_fetched", "The file could not be downloaded");

    private const int MaxRedirects = 3;
    private const int FileNameMaxLength = 255;
    private const int Megabyte = 1024 * 1024;

    public static FieldError TooLarge(long maximumBytes) => maximumBytes < Megabyte
        ? new("file.too_large_kb", $"The file must not be larger than {maximumBytes / 1024} KB", maximumBytes / 1024)
        : new("file.too_large", $"The file must not be larger than {maximumBytes / Megabyte} MB", maximumBytes / Megabyte);

    /// <summary>Writes the file into <paramref name="target"/>; after a failure it holds a part of it.</summary>
    /// <param name="field">The field under which an error is reported.</param>
    public async Task<Result<RemoteFile>> DownloadAsync(
        string field, string url, long maximumBytes, Stream target, CancellationToken cancellationToken)
    {
        if (Read(url) is not { } address)
        {
            return new ValidationError(field, NotPublic);
        }

        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var (file, refusal) = await FollowAsync(address, maximumBytes, target, either.Token);
            return file is not null ? file : new ValidationError(field, refusal!);
        }
        catch (HttpRequestException failure) when (failure.InnerException is NotPublicException)
        {
            return new ValidationError(field, NotPublic);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new ValidationError(field, NotFetched);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ValidationError(field, NotFetched);
        }
    }

    private async Task<(RemoteFile? File, FieldError? Refusal)> FollowAsync(
        Uri address, long maximumBytes, Stream target, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (IsRedirect(answer.StatusCode) && answer.Headers.Location is { } location)
            {
                if (Next(address, location) is not { } next)
                {
                    return (null, NotPublic);
                }

                address = next;
                continue;
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (null, NotFetched);
            }

            var size = answer.Content.Headers.ContentLength > maximumBytes
                ? null
                : await (await answer.Content.ReadAsStreamAsync(cancellationToken)).CopyToAsync(target, maximumBytes, cancellationToken);
            return size is { } copied ? (new RemoteFile(FileNameOf(address), copied), null) : (null, TooLarge(maximumBytes));
        }

        return (null, NotFetched);
    }

    /// <summary>Null if it is never a valid download URL; the host is not resolved yet.</summary>
    private static Uri? Read(string url) =>
        url.Length <= UrlMaxLength && TextRule.IsStorable(url) && Uri.TryCreate(url, UriKind.Absolute, out var address) && IsFit(address)
            ? address
            : null;

    private static Uri? Next(Uri from, Uri location) =>
        Uri.TryCreate(from, location, out var next) && IsFit(next) && (next.Scheme == Uri.UriSchemeHttps || from.Scheme == Uri.UriSchemeHttp)
            ? next
            : null;

    private static bool IsFit(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
        && address.IdnHost.Length > 0;

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string? FileNameOf(Uri address)
    {
        var name = Uri.UnescapeDataString(address.Segments[^1]);
        var clean = string.Concat(name.Where(letter => !char.IsControl(letter) && letter is not ('/' or '\\')));
        return clean.Length is > 0 and <= FileNameMaxLength && TextRule.IsStorable(clean) ? clean : null;
    }

}
