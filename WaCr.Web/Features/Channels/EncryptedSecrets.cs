namespace WaCr.Web.Features.Channels;

/// <summary>A draft's secrets, encrypted.</summary>
internal sealed record EncryptedSecrets(
    Optional<string?> AccessToken, Optional<string?> AppSecret, Optional<string?> VerifyToken, byte[]? VerifyTokenHash)
{
    public static EncryptedSecrets Of(ChannelDraft draft, ChannelSecrets secrets, long tenantId)
    {
        return new EncryptedSecrets(
            Keep(ChannelSecrets.AccessToken, draft.AccessToken), Keep(ChannelSecrets.AppSecret, draft.AppSecret),
            Keep(ChannelSecrets.VerifyToken, draft.VerifyToken), draft.VerifyToken.Or(null) is { } token ? SecretHash.Of(token) : null);

        Optional<string?> Keep(string field, Optional<string?> secret) =>
            secret.Or(null) is { } text ? secrets.Protect(tenantId, field, text) : secret;
    }

    public void ApplyTo(Channel channel)
    {
        channel.AppSecret = AppSecret.Or(channel.AppSecret);
        if (AccessToken.IsGiven)
        {
            channel.AccessToken = AccessToken.Value;
            channel.CredentialRefusedAt = null; // a new token has not been refused
            channel.CredentialError = null;
        }

        if (VerifyToken.IsGiven)
        {
            channel.VerifyToken = VerifyToken.Value;
            channel.VerifyTokenHash = VerifyTokenHash;
        }
    }
}
