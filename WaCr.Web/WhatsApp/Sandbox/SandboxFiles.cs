using System.Security.Cryptography;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Files, until they expire or their memory is full.</summary>
internal sealed class SandboxFiles(SandboxIds ids)
{
    private readonly Dictionary<string, SandboxMedia> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private long _bytes;

    public IReadOnlyCollection<SandboxMedia> All => _files.Values;

    public SandboxMedia? Find(string id, DateTimeOffset now) =>
        _files.TryGetValue(id, out var file) && file.ForgottenAt > now ? file : null;

    public SandboxMedia Add(string businessAccountId, string mimeType, byte[] bytes, DateTimeOffset forgottenAt)
    {
        var file = new SandboxMedia
        {
            Id = ids.Number("media"),
            BusinessAccountId = businessAccountId,
            MimeType = mimeType,
            Sha256 = Convert.ToBase64String(SHA256.HashData(bytes)),
            Bytes = bytes,
            ForgottenAt = forgottenAt,
        };
        Put(file);
        return file;
    }

    public void Put(SandboxMedia file)
    {
        _files[file.Id] = file;
        _order.Enqueue(file.Id);
        _bytes += file.Bytes.Length;
        while (_bytes > SandboxState.MaxMediaBytes && _order.Count > 1)
        {
            Remove(_order.Dequeue());
        }
    }

    public void Remove(string id)
    {
        if (_files.Remove(id, out var file))
        {
            _bytes -= file.Bytes.Length;
        }
    }

    public void Clear()
    {
        _files.Clear();
        _order.Clear();
        _bytes = 0;
    }
}
