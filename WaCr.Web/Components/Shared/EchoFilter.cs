namespace WaCr.Web.Components.Shared;

/// <summary>
/// For a component that keeps its own value and tells it to its page, which gives it back a round trip later, by way of the address:
/// tells such an echo from a change that was made elsewhere (Back, "clear"). Without it an echo would undo what was done meanwhile.
/// </summary>
public sealed class EchoFilter<T>
{
    private readonly List<T> _sent = [];
    private T? _given;
    private bool _isGiven;

    /// <summary>To be called before the page is told.</summary>
    public void Sent(T value)
    {
        if (_sent.Count > 0 || !Same(value, _given))
        {
            _sent.Add(value);
        }
    }

    /// <summary>Takes what the page gives. True if it was changed elsewhere, so that the component should show it.</summary>
    public bool Receive(T value)
    {
        var echo = _sent.FindIndex(sent => Same(sent, value));
        if (_isGiven && Same(value, _given))
        {
            _sent.RemoveRange(0, echo + 1); // what lay between was given up: the page went on to its end
            return false;
        }

        (_given, _isGiven) = (value, true);
        _sent.RemoveRange(0, echo < 0 ? _sent.Count : echo + 1);
        return echo < 0;
    }

    private static bool Same(T one, T? other) => EqualityComparer<T>.Default.Equals(one, other);
}
