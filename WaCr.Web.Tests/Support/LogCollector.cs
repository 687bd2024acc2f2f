using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WaCr.Web.Tests.Support;

/// <param name="Scopes">What the scopes say that it was written in.</param>
internal sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Text, Exception? Exception, string Scopes = "");

/// <summary>Keeps what was logged.</summary>
internal sealed class LogCollector : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>What an operator sees who leaves the levels as they are.</summary>
    public IReadOnlyList<LogEntry> Warnings => [.. _entries.Where(entry => entry.Level >= LogLevel.Warning)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new StringBuilder();
            collector._scopes.ForEachScope((scope, all) => all.Append(scope).Append('\n'), scopes);
            var text = formatter(state, exception);
            collector._entries.Enqueue(new LogEntry(category, logLevel, eventId, text, exception, scopes.ToString()));
        }
    }
}
