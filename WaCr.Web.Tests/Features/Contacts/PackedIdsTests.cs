using FsCheck.Xunit;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class PackedIdsTests
{
    [Property]
    public void Ids_PackedAndUnpacked_AreTheSame(long[] ids)
    {
        var descending = ids.Select(id => id & long.MaxValue).Distinct().OrderDescending().ToList();

        PackedIds.Pack(descending).Unpack().ShouldBe(descending);
    }

    [Property]
    public void Set_AskedForAnyId_KnowsItsOwnAlone(int[] near, long[] far, bool isSparse)
    {
        var ids = near.Select(id => (long)(id & 0xFFF)).Concat(isSparse ? far.Select(id => id & 0xFF_FFFF_FFFF) : []).Distinct().ToList();
        var set = new IdSet([.. ids]);

        ids.ShouldAllBe(id => set.Contains(id));
        ids.SelectMany(id => new[] { id - 1, id + 1, id + 64, id - 64 }).Except(ids).ShouldAllBe(id => !set.Contains(id));
    }
}
