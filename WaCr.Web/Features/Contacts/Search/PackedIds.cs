namespace WaCr.Web.Features.Contacts;

/// <summary>Descending ids, stored as differences: one or two bytes each instead of eight.</summary>
internal sealed class PackedIds
{
    private readonly byte[] _bytes;

    private PackedIds(byte[] bytes, int count)
    {
        _bytes = bytes;
        Count = count;
    }

    public int Count { get; }

    public int Bytes => _bytes.Length;

    /// <param name="ids">In descending order.</param>
    public static PackedIds Pack(List<long> ids)
    {
        var bytes = new List<byte>(ids.Count * 2 + sizeof(long));
        var before = long.MaxValue;
        foreach (var id in ids)
        {
            var distance = (ulong)(before - id);
            for (; distance > 0x7F; distance >>= 7)
            {
                bytes.Add((byte)(distance | 0x80));
            }

            bytes.Add((byte)distance);
            before = id;
        }

        return new PackedIds([.. bytes], ids.Count);
    }

    public IEnumerable<long> Unpack()
    {
        var id = long.MaxValue;
        for (var index = 0; index < _bytes.Length; index++)
        {
            var distance = 0UL;
            var shift = 0;
            for (; _bytes[index] > 0x7F; index++, shift += 7)
            {
                distance |= (ulong)(_bytes[index] & 0x7F) << shift;
            }

            id -= (long)(distance | ((ulong)_bytes[index] << shift));
            yield return id;
        }
    }
}
