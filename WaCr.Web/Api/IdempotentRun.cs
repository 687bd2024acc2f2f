using System.Security.Cryptography;
using System.Text;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Api;

/// <summary>Runs a POST with an <c>Idempotency-Key</c> once and gives repeats the same answer.</summary>
internal static partial class IdempotentRun
{
    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers.ContainsKey(ApiHeaders.IdempotencyKey);

    public static async Task RunAsync(HttpContext context, ApiCall call, RequestDelegate endpoint)
    {
        var key = context.Request.Headers[ApiHeaders.IdempotencyKey].ToString();
        if (key.Length is 0 or > IdempotentRequest.KeyMaxLength || !TextRule.IsStorable(key))
        {
            await Problem.Invalid(ApiHeaders.IdempotencyKey, RequestErrors.Of($"Must be 1 to {IdempotentRequest.KeyMaxLength} characters"))
                .ExecuteAsync(context);
            return;
        }

        var (body, problem) = await ReadAsync(context, call);
        if (body is null)
        {
            await problem!.ExecuteAsync(context);
            return;
        }

        var ledger = context.RequestServices.GetRequiredService<IdempotencyLedger>();
        switch (await ledger.BeginAsync(key, FingerprintOf(context.Request, body), context.RequestAborted))
        {
            case KeyReserved reserved:
                if (reserved.Outcome is not null)
                {
                    context.Response.Headers[ApiHeaders.IdempotencyReplayed] = "true";
                }

                await RunOnceAsync(context, call, endpoint, ledger, reserved);
                return;
            case KeyAnswered { Answer: var answer }:
                context.Response.Headers[ApiHeaders.IdempotencyReplayed] = "true";
                await ApiAnswer.SendAsync(context, new SentAnswer(answer.StatusCode, answer.Location, answer.ETag, answer.Body));
                return;
            case KeyInProgress:
                await Problem.IdempotencyInProgress.ExecuteAsync(context);
                return;
            default:
                await Problem.IdempotencyKeyReused.ExecuteAsync(context);
                return;
        }
    }

    /// <summary>What is fingerprinted: the body's bytes, or the hash of a form, since its files may be large.</summary>
    private static async Task<(byte[]? Body, Problem? Problem)> ReadAsync(HttpContext context, ApiCall call)
    {
        if (FormBody.IsForm(context.Request))
        {
            return await FormBody.FingerprintAsync(context);
        }

        call.Body = await JsonBody.ReadBytesAsync(context.Request, context.RequestAborted);
        return (call.Body, Problem.TooLarge);
    }

    private static async Task RunOnceAsync(
        HttpContext context, ApiCall call, RequestDelegate endpoint, IdempotencyLedger ledger, KeyReserved reserved)
    {
        // The client may disconnect and retry with its key, so the work is finished either way.
        context.RequestAborted = CancellationToken.None;
        var services = context.RequestServices;
        var once = services.GetRequiredService<OnceWriter>();
        once.Enter(reserved);
        call.CommitsBefore = once.Commits;
        call.BeforeSending = answer =>
            EndAsync(answer.StatusCode is >= StatusCodes.Status500InternalServerError or StatusCodes.Status429TooManyRequests
            ? ledger.ReleaseAsync(reserved, once.IsFree)
            : ledger.CompleteAsync(
                reserved, new StoredAnswer(answer.StatusCode, answer.Location, answer.ETag, call.ToStore(answer.Body)), once.HasEffect));
        try
        {
            await endpoint(context);
        }
        catch
        {
            call.BeforeSending = null;
            await EndAsync(ledger.ReleaseAsync(reserved, once.IsFree));
            throw;
        }

        // If this fails the answer is still correct: the change is already stored under the key.
        async Task EndAsync(Task end)
        {
            try
            {
                await end;
            }
            catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
            {
                Log.NotKept(services.GetRequiredService<ILogger<IdempotencyLedger>>(), failure);
            }
        }
    }

    private static byte[] FingerprintOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "Could not store the response for an idempotency key.")]
        public static partial void NotKept(ILogger logger, Exception failure);
    }
}
