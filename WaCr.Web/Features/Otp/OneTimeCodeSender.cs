using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Otp;

/// <summary>Sends one-time codes from authentication templates.</summary>
public sealed class OneTimeCodeSender(
    MessageSender messages, PlanFeatures plan, IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    private const int LeastOfSixDigits = 0;
    private const int BeyondSixDigits = 1_000_000;

    /// <summary>Sends the caller's code.</summary>
    public Task<Result<SentOneTimeCode>> SendAsync(SendOneTimeCode request, CancellationToken cancellationToken) =>
        SendAsync(request, freshCode: null, limit: null, cancellationToken);

    /// <summary>Sends a generated code that replaces the earlier one; at most three times in five minutes.</summary>
    public Task<Result<SentOneTimeCode>> ResendAsync(SendOneTimeCode request, CancellationToken cancellationToken) => SendAsync(
        request, RandomNumberGenerator.GetInt32(LeastOfSixDigits, BeyondSixDigits)
            .ToString("D6", CultureInfo.InvariantCulture), OneTimeCodeLimits.Resend, cancellationToken);

    private async Task<Result<SentOneTimeCode>> SendAsync(
        SendOneTimeCode request, string? freshCode, OneTimeCodeLimits? limit, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var draft = OneTimeCodeDraft.Read(
            request, new DraftFields(request, tenant.Tenant.Country, phoneIsOptional: false), freshCode, limit, time.UtcNowInSeconds());
        if (draft.Errors.Any)
        {
            return new ValidationError(draft.Errors);
        }

        if (await plan.MissingAsync(FeatureNames.WhatsAppTemplates, cancellationToken) is { } missing)
        {
            return missing;
        }

        var sent = await messages.SendAsync(draft, cancellationToken);
        if (sent.Error is MessageSendFailedError { IsUncertain: false })
        {
            await VoidAsync(draft.CodeId);
        }

        return sent.Succeeded
            ? new SentOneTimeCode(
                sent.Value.Wamid!, sent.Value.ContactId, sent.Value.Phone, draft.TemplateName, draft.Language, draft.ExpiryMinutes,
                ExpiresAt(draft, sent.Value), sent.Value.SentAt!.Value)
            : sent.Error;
    }

    // A repeated request created no code; the first run's code expires as reported then.
    private static DateTimeOffset ExpiresAt(OneTimeCodeDraft draft, SentMessage sent) =>
        draft.CodeId != 0 ? draft.ExpiresAt : sent.SentAt!.Value.AddMinutes(draft.ExpiryMinutes);

    /// <summary>Voids a code that was never delivered.</summary>
    private async Task VoidAsync(long codeId) => (await writer.WriteAsync<int>(
        async db => await db.OneTimeCodes.Where(code => code.Id == codeId && code.State == OneTimeCodeState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.State, OneTimeCodeState.Void)),
        CancellationToken.None)).OrThrow();
}
