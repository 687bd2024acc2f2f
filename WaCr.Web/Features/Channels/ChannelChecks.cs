using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Channels;

/// <summary>What our side knows about a connection.</summary>
/// <param name="Callback">Where WhatsApp should send.</param>
/// <param name="HeardAt">When a webhook with a good signature last came; null: never.</param>
/// <param name="RefusedAt">When one with a wrong signature last came; null: not lately.</param>
internal sealed record ChannelOwnFacts(
    string PhoneNumberId, string? BusinessAccountId, bool HasAppSecret, Uri Callback, DateTimeOffset? HeardAt, DateTimeOffset? RefusedAt,
    bool IsClaimed, DateTimeOffset Now);

/// <summary>Turns facts into a list of checks.</summary>
internal static class ChannelChecks
{
    /// <summary>How long before its end a token is warned of.</summary>
    public static readonly TimeSpan TokenWarning = TimeSpan.FromDays(14);

    public static IReadOnlyList<ChannelCheck> Of(ChannelFacts facts, ChannelOwnFacts own)
    {
        var number = Number(facts, own);
        return
        [
            Token(facts, own), Permissions(facts), number, Registration(facts, number), Subscription(facts), Webhook(facts, own),
            Fields(facts, own), Event(own),
        ];
    }

    private static ChannelCheck Token(ChannelFacts facts, ChannelOwnFacts own) => facts switch
    {
        { Refusal: { } refusal } => Failed(ChannelCheckKind.Token, ChannelProblem.TokenRefused, refusal),
        { Token.Value.ExpiresAt: { } end } when end < own.Now + TokenWarning =>
            new(ChannelCheckKind.Token, ChannelCheckState.Warning, ChannelProblem.TokenEndsSoon) { At = end },
        { Token.Value: { } token } => Good(ChannelCheckKind.Token) with { At = token.ExpiresAt },
        { Number.Succeeded: true } => Good(ChannelCheckKind.Token), // it was not described, but it works
        _ => Failed(ChannelCheckKind.Token, ChannelProblem.NoAnswer, facts.Token.Error),
    };

    private static ChannelCheck Permissions(ChannelFacts facts) => facts switch
    {
        { Refusal: not null } or { Token.Succeeded: false } => Unknown(ChannelCheckKind.Permissions),
        { Token.Value: var token } when token.MissingScopes.ToList() is { Count: > 0 } missing =>
            Failed(ChannelCheckKind.Permissions, ChannelProblem.PermissionsMissing) with { Names = missing },
        _ => Good(ChannelCheckKind.Permissions),
    };

    private static ChannelCheck Number(ChannelFacts facts, ChannelOwnFacts own)
    {
        const ChannelCheckKind Kind = ChannelCheckKind.Number;
        if (facts.Refusal is not null)
        {
            return Unknown(Kind);
        }

        if (own.BusinessAccountId is null)
        {
            return Failed(Kind, ChannelProblem.AccountMissing);
        }

        if (facts.Numbers is not { Succeeded: true, Value: var numbers })
        {
            return Unanswered(Kind, ChannelProblem.AccountUnreachable, facts.Numbers?.Error);
        }

        if (numbers.All(number => number.Id != own.PhoneNumberId))
        {
            return Failed(Kind, ChannelProblem.NumberElsewhere) with
            {
                Numbers = [.. numbers.Select(number => new ChannelNumber(number.Id, number.DisplayPhoneNumber, number.VerifiedName))],
            };
        }

        return facts.Number is not { Succeeded: true }
            ? Unanswered(Kind, ChannelProblem.NumberUnreachable, facts.Number?.Error)
            : own.IsClaimed ? Good(Kind) : Failed(Kind, ChannelProblem.NumberClaimed);
    }

    private static ChannelCheck Registration(ChannelFacts facts, ChannelCheck number) =>
        number.Problem is ChannelProblem.NumberElsewhere or ChannelProblem.NumberClaimed
            || facts.Number is not { Succeeded: true, Value: var found }
            ? Unknown(ChannelCheckKind.Registration)
            : found.IsRegistered ? Good(ChannelCheckKind.Registration)
            : Failed(ChannelCheckKind.Registration, ChannelProblem.NotRegistered);

    private static ChannelCheck Subscription(ChannelFacts facts)
    {
        const ChannelCheckKind Kind = ChannelCheckKind.Subscription;
        return facts switch
        {
            { Refusal: not null } or { Apps: null } => Unknown(Kind),
            { Apps: { Succeeded: false, Error: var error } } => Unanswered(Kind, ChannelProblem.AccountUnreachable, error),
            { IsUnsubscribed: true } => Failed(Kind, ChannelProblem.NotSubscribed),
            _ => Good(Kind),
        };
    }

    private static ChannelCheck Webhook(ChannelFacts facts, ChannelOwnFacts own)
    {
        const ChannelCheckKind Kind = ChannelCheckKind.Webhook;
        var address = facts.Number?.Value?.WebhookUrl ?? facts.Webhook?.Value?.CallbackUrl;
        return facts switch
        {
            { Refusal: not null } => Unknown(Kind),

            // What arrives is the better proof: behind a proxy the server may know its own address by another name.
            _ when own.HeardAt is not null => Good(Kind) with { Address = address },
            _ when address is not null && !IsSame(address, own.Callback) =>
                Failed(Kind, ChannelProblem.WebhookElsewhere) with { Address = address },
            _ when address is not null => Good(Kind) with { Address = address },
            { Webhook.Succeeded: true } or { Number.Succeeded: true } => Failed(Kind, ChannelProblem.WebhookMissing),
            _ => Unknown(Kind),
        };
    }

    private static ChannelCheck Fields(ChannelFacts facts, ChannelOwnFacts own)
    {
        const ChannelCheckKind Kind = ChannelCheckKind.Fields;
        if (!own.HasAppSecret)
        {
            return Failed(Kind, ChannelProblem.SecretMissing);
        }

        switch (facts.Webhook)
        {
            case null:
                return Unknown(Kind);
            case { Error: WhatsAppRefused { Kind: GraphErrorKind.CredentialRefused } refused }:
                return Failed(Kind, ChannelProblem.SecretRefused, refused);
            case { Succeeded: false, Error: var error }:
                return Failed(Kind, ChannelProblem.NoAnswer, error);
            case { Value: var webhook }:
                var missing = WebhookFields.Understood.Except(webhook.Fields, StringComparer.Ordinal).ToList();
                return missing.Count == 0 ? Good(Kind)
                    : new(
                        Kind, missing.Contains(WebhookFields.Messages) ? ChannelCheckState.Failed : ChannelCheckState.Warning,
                        ChannelProblem.FieldsMissing)
                    { Names = missing };
        }
    }

    private static ChannelCheck Event(ChannelOwnFacts own) => own switch
    {
        { RefusedAt: { } at } when own.HeardAt is null || at > own.HeardAt =>
            Failed(ChannelCheckKind.Event, ChannelProblem.SignatureRefused) with { At = at },
        { HeardAt: { } at } => Good(ChannelCheckKind.Event) with { At = at },
        _ => Failed(ChannelCheckKind.Event, ChannelProblem.NothingHeard),
    };

    private static bool IsSame(string address, Uri callback) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && Uri.Compare(url, callback, UriComponents.HttpRequestUrl, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static ChannelCheck Good(ChannelCheckKind kind) => new(kind, ChannelCheckState.Good);

    private static ChannelCheck Unknown(ChannelCheckKind kind) => new(kind, ChannelCheckState.Unknown);

    private static ChannelCheck Failed(ChannelCheckKind kind, ChannelProblem problem, AppError? error = null) =>
        new(kind, ChannelCheckState.Failed, problem) { Error = error };

    // A refusal has a cause of its own; anything else may pass.
    private static ChannelCheck Unanswered(ChannelCheckKind kind, ChannelProblem refused, AppError? error) =>
        Failed(kind, error is WhatsAppRefused { IsPassing: false } ? refused : ChannelProblem.NoAnswer, error);
}
