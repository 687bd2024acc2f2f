namespace WaCr.Web.Components.Layout;

/// <summary>What can be done on the open page, in a menu there and from the search over everything.</summary>
public sealed record PageCommand(string Text, string Icon, Func<Task> Run);

/// <summary>The commands of the open page: each of its parts offers some while it is shown.</summary>
public sealed class PageCommands
{
    private readonly List<Func<IEnumerable<PageCommand>>> _offers = [];

    public IEnumerable<PageCommand> All => _offers.SelectMany(offer => offer());

    /// <param name="commands">Asked whenever somebody searches, since they follow what is shown.</param>
    /// <returns>Disposed of when they are offered no longer.</returns>
    public IDisposable Offer(Func<IEnumerable<PageCommand>> commands)
    {
        _offers.Add(commands);
        return new Offered(() => _offers.Remove(commands));
    }

    private sealed class Offered(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
