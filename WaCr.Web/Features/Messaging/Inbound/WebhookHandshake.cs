namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Checks whether any channel has this verify token. It is found by its hash, so timing reveals only hashes, which an attacker cannot
/// choose.
/// </summary>
public sealed class WebhookHandshake(VerifyTokens known)
{
    public async Task<bool> FitsAsync(string? verifyToken, CancellationToken cancellationToken) =>
        !string.IsNullOrEmpty(verifyToken) && await known.ContainAsync(SecretHash.Of(verifyToken), cancellationToken);
}
