namespace WaCr.Web.Common;

/// <summary>
/// Logs a database outage once, then once a minute with the number of failed calls, then its end. A line per failed call would fill a disk
/// that may already be full. Called by the database layer only; code that meets an <see cref="Outage"/> further up logs nothing.
/// </summary>
public sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile bool _isOut;
    private volatile bool _isDamaged;
    private long _since;
    private long _saidAt;
    private long _refused;

    /// <summary>Whether a part of the database could not be read because it is damaged. It stays so until a restart.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>Logged once: a damaged part fails each time that it is read, while everything else works.</summary>
    public void Damaged(Exception failure)
    {
        lock (_lock)
        {
            if (!_isDamaged)
            {
                _isDamaged = true;
                var cause = Cause(failure);
                Log.Damaged(logger, cause);
                Log.First(logger, failure);
            }
        }
    }

    public void Refused(Exception failure)
    {
        lock (_lock)
        {
            _refused++;
            if (!_isOut)
            {
                _isOut = true;
                _since = _saidAt = time.GetTimestamp();
                Log.Began(logger, Cause(failure));
                Log.First(logger, failure);
            }
            else if (time.GetElapsedTime(_saidAt) >= BetweenCounts)
            {
                _saidAt = time.GetTimestamp();
                Log.GoesOn(logger, _refused, (long)time.GetElapsedTime(_since).TotalSeconds);
            }
        }
    }

    /// <summary>Call after every commit.</summary>
    public void Works()
    {
        if (!_isOut)
        {
            return;
        }

        lock (_lock)
        {
            if (_isOut)
            {
                _isOut = false;
                Log.Ended(logger, (long)time.GetElapsedTime(_since).TotalSeconds, _refused);
                _refused = 0;
            }
        }
    }

    private static string Cause(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1015, Level = LogLevel.Critical,
            Message = "The database is damaged ({Cause}); stop, and put a backup in its place (docs/operating.md, \"Back up and restore\").")]
        public static partial void Damaged(ILogger logger, string cause);

        [LoggerMessage(EventId = 1011, Level = LogLevel.Error, Message = "The database is unavailable: {Cause}")]
        public static partial void Began(ILogger logger, string cause);

        [LoggerMessage(EventId = 1012, Level = LogLevel.Error,
            Message = "The database is still unavailable: {Calls} calls failed in {Seconds} s.")]
        public static partial void GoesOn(ILogger logger, long calls, long seconds);

        [LoggerMessage(EventId = 1013, Level = LogLevel.Warning,
            Message = "The database is available again after {Seconds} s; {Calls} calls failed.")]
        public static partial void Ended(ILogger logger, long seconds, long calls);

        [LoggerMessage(EventId = 1014, Level = LogLevel.Debug, Message = "The first failed database call.")]
        public static partial void First(ILogger logger, Exception failure);
    }
}
