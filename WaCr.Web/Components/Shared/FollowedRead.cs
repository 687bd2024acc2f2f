namespace WaCr.Web.Components.Shared;

/// <summary>
/// What a page reads when its user asks, and again when it changed elsewhere: changes that come in quick succession are read once.
/// </summary>
/// <param name="read">Reads and keeps what the page shows.</param>
/// <param name="shown">Renders it after a change; a page renders what its user asked for by itself.</param>
public sealed class FollowedRead(Func<Task> read, Action shown)
{
    private int _reads;
    private bool _isStale;
    private bool _isRefreshing;

    public bool IsReading => _reads > 0;

    public async Task ReadAsync()
    {
        await CountAsync();
        if (_isStale)
        {
            await RefreshAsync(); // it changed while it was read
        }
    }

    /// <summary>To be called after each change.</summary>
    public async Task RefreshAsync()
    {
        _isStale = true;
        if (_isRefreshing || IsReading)
        {
            return; // whoever reads now reads once more
        }

        _isRefreshing = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                await CountAsync();
                shown();
            }
        }
        finally
        {
            _isRefreshing = false;
        }
    }

    private async Task CountAsync()
    {
        _reads++;
        try
        {
            await read();
        }
        finally
        {
            _reads--;
        }
    }
}
