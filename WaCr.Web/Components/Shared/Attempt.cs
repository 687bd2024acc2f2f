namespace WaCr.Web.Components.Shared;

public static class Attempt
{
    /// <summary>Calls a service for a page: an exception becomes an error, so that the page stays usable.</summary>
    /// <param name="ended">
    /// The page's own token, if it was passed to the service: its cancellation is thrown, also when the answer was quicker than it; any
    /// other timeout is an error.
    /// </param>
    public static async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> call, ILogger logger, CancellationToken ended = default)
    {
        try
        {
            var answer = await call();
            ended.ThrowIfCancellationRequested();
            return answer;
        }
#pragma warning disable CA1031 // The edge of the app: whatever it was, the person gets an answer and a way to try again.
        catch (Exception exception) when (exception is not OperationCanceledException || !ended.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!Outage.IsCauseOf(exception))
            {
                ComponentLog.AttemptFailed(logger, exception);
            }

            return new OutageError();
        }
    }
}
