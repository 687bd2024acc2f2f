namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The latest messages in both directions.</summary>
internal sealed class SandboxChats
{
    private readonly Dictionary<string, SandboxMessage> _messages = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public IEnumerable<SandboxMessage> All => _order.Select(id => _messages[id]);

    public SandboxMessage? Find(string id) => _messages.GetValueOrDefault(id);

    public void Add(SandboxMessage message)
    {
        _messages.Add(message.Id, message);
        _order.Enqueue(message.Id);
        if (_order.Count > SandboxState.MaxMessages)
        {
            _messages.Remove(_order.Dequeue());
        }
    }

    public void ChangeNumber(string from, string to)
    {
        foreach (var message in _messages.Values.Where(message => message.Customer == from))
        {
            message.Customer = to;
        }
    }

    public void Clear()
    {
        _messages.Clear();
        _order.Clear();
    }
}
