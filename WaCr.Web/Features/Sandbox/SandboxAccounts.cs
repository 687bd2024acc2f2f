using WaCr.Web.WhatsApp.Inbound;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

/// <summary>Plays what Meta holds and does about one number and its account.</summary>
internal sealed class SandboxAccounts(SandboxAccess access)
{
    private static readonly TimeSpan TokenEndsIn = TimeSpan.FromDays(3);

    /// <summary>What can happen to a number, by the sandbox's names.</summary>
    public static IReadOnlyList<string> Events { get; } = Enum.GetNames<SandboxAccountEvent>();

    public async Task<Result<SandboxAccount>> ReadAsync(string phoneNumberId, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        var number = entered.Value.FindNumber(phoneNumberId)!;
        return new SandboxAccount(
            number.IsRegistered, number.IsSubscribed, WebhookFields.Understood.All(number.WantsField), number.TokenEndsAt is not null,
            number.IsUnpaid);
    }

    public Task<Result<Done>> SetAsync(string phoneNumberId, SandboxAccount account, CancellationToken cancellationToken) => OnNumberAsync(
        phoneNumberId,
        console =>
        {
            var end = console.Read(world => world.Clock.Now) + TokenEndsIn;
            return console.Change(phoneNumberId, number => number with
            {
                IsRegistered = account.IsRegistered,
                IsSubscribed = account.IsSubscribed,
                Fields = account.WantsAllFields ? null : [WebhookFields.Messages],
                TokenEndsAt = account.TokenEnds ? number.TokenEndsAt ?? end : null,
                IsUnpaid = account.IsUnpaid,
            });
        },
        cancellationToken);

    /// <param name="happened">One of <see cref="Events"/>.</param>
    public Task<Result<Done>> RaiseAsync(string phoneNumberId, string happened, CancellationToken cancellationToken) => OnNumberAsync(
        phoneNumberId,
        console => Enum.TryParse<SandboxAccountEvent>(happened, out var known)
            ? console.Raise(phoneNumberId, known)
            : SandboxErrors.NotFound,
        cancellationToken);

    private async Task<Result<Done>> OnNumberAsync(
        string phoneNumberId, Func<SandboxConsole, Result<Done>> act, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return entered.Succeeded ? act(entered.Value) : entered.Error;
    }
}

/// <summary>What Meta holds about a number.</summary>
/// <param name="WantsAllFields">Otherwise only messages are subscribed.</param>
/// <param name="TokenEnds">The access token ends in some days.</param>
public sealed record SandboxAccount(bool IsRegistered, bool IsSubscribed, bool WantsAllFields, bool TokenEnds, bool IsUnpaid);
