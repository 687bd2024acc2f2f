using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Support;

/// <summary>Reads of a slow or a broken database: those that contain a text wait, or fail, until the test lets them pass.</summary>
internal sealed class StatementGate : DbCommandInterceptor
{
    private volatile Held? _held;

    /// <summary>From now on reads with this text wait for the result to be disposed of.</summary>
    public IDisposable Hold(string text) => _held = new Held(this, text, fails: false);

    /// <summary>Reads with this text fail until the result is disposed of.</summary>
    public IDisposable Break(string text) => _held = new Held(this, text, fails: true);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (_held is { } held && command.CommandText.Contains(held.Text, StringComparison.Ordinal))
        {
            await held.PassAsync();
        }

        return result;
    }

    private sealed class Held(StatementGate gate, string text, bool fails) : IDisposable
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text => text;

        public Task PassAsync() => fails ? throw new StorageUnavailableException(new TimeoutException("Broken by the test.")) : _open.Task;

        public void Dispose()
        {
            gate._held = null;
            _open.SetResult();
        }
    }
}
