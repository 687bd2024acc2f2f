namespace WaCr.Web.Features.Contacts;

/// <summary>A set of ids: a bitmap where they are dense, a sorted list where they are sparse.</summary>
internal sealed class IdSet
{
    private const int BitsPerWord = 64;

    private readonly long _first;
    private readonly ulong[] _bits = [];
    private readonly long[] _sorted = [];

    public IdSet(List<long> ids)
    {
        ids.Sort();
        if (ids.Count == 0)
        {
            return;
        }

        _first = ids[0];
        var words = ((ids[^1] - _first) / BitsPerWord) + 1;
        if (words > ids.Count)
        {
            _sorted = [.. ids];
            return;
        }

        _bits = new ulong[words];
        ids.ForEach(id => _bits[(id - _first) / BitsPerWord] |= 1UL << (int)((id - _first) % BitsPerWord));
    }

    public int Bytes => (_bits.Length + _sorted.Length) * sizeof(long);

    public bool Contains(long id)
    {
        if (_bits.Length == 0)
        {
            return Array.BinarySearch(_sorted, id) >= 0;
        }

        var index = id - _first;
        return index >= 0 && index / BitsPerWord < _bits.Length && (_bits[index / BitsPerWord] & (1UL << (int)(index % BitsPerWord))) != 0;
    }
}
