using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>What WhatsApp answered about a connection; null where it was not asked, since an earlier answer made it pointless.</summary>
internal sealed record ChannelFacts(Result<TokenDescription> Token)
{
    public Result<PhoneNumberDescription>? Number { get; init; }
    public Result<AccountDescription>? Account { get; init; }
    public Result<IReadOnlyList<PhoneNumberDescription>>? Numbers { get; init; }
    public Result<IReadOnlyList<SubscribedApp>>? Apps { get; init; }
    public Result<MetaAppWebhook>? Webhook { get; init; }

    /// <summary>Why WhatsApp refuses the token; null while it takes it.</summary>
    public AppError? Refusal =>
        Token.Error is WhatsAppRefused { Kind: GraphErrorKind.CredentialRefused } refused ? refused
        : Token is { Succeeded: true, Value.IsValid: false } ? WhatsAppRefused.InvalidToken
        : Number?.Error is WhatsAppRefused { Kind: GraphErrorKind.CredentialRefused } late ? late
        : null;

    /// <summary>The account's webhooks go to no app, or to others only.</summary>
    public bool IsUnsubscribed => Apps is { Succeeded: true, Value: var apps }
        && (Token.Value?.AppId is { } own ? apps.All(app => app.Id != own) : apps.Count == 0);

    public static async Task<ChannelFacts> ReadAsync(
        IWhatsAppClient whatsApp, WhatsAppChannel channel, string? appSecret, CancellationToken cancellationToken)
    {
        var facts = new ChannelFacts(await whatsApp.FindTokenAsync(channel, cancellationToken));
        if (facts.Refusal is not null)
        {
            return facts;
        }

        facts = facts with { Number = await whatsApp.FindPhoneNumberAsync(channel, cancellationToken) };
        if (facts.Refusal is not null)
        {
            return facts;
        }

        if (channel.BusinessAccountId.Length > 0)
        {
            facts = facts with
            {
                Account = await whatsApp.FindAccountAsync(channel, cancellationToken),
                Numbers = await whatsApp.ListPhoneNumbersAsync(channel, cancellationToken),
                Apps = await whatsApp.ListSubscribedAppsAsync(channel, cancellationToken),
            };
        }

        return appSecret is not null && facts.Token.Value?.AppId is { } app
            ? facts with { Webhook = await whatsApp.FindWebhookAsync(new WhatsAppApp(app, appSecret), cancellationToken) }
            : facts;
    }
}
