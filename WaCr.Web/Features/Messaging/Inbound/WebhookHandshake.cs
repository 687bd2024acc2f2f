using WaCr.Web.Common;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Whether somebody here entered this verify token. It names nothing else, so its hash is what finds it; how long the look takes tells of
/// hashes, which nobody can aim.
/// </summary>
public sealed class WebhookHandshake(VerifyTokens known)
{
    public async Task<bool> FitsAsync(string? verifyToken, CancellationToken cancellationToken) =>
        !string.IsNullOrEmpty(verifyToken) && await known.ContainAsync(SecretHash.Of(verifyToken), cancellationToken);
}
