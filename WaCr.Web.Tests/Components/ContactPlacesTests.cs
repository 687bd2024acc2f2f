using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class ContactPlacesTests : ComponentTest
{
    private readonly CountingReads _reads = new();

    [Fact]
    public async Task Contact_ThatMovedToANeighbouringPage_IsFoundThere()
    {
        var ids = new List<long>();
        for (var index = 0; index < 6; index++)
        {
            ids.Insert(0, (await Tenant.CreateContactAsync($"No {index}")).Id); // newest first, as the list is
        }

        await FindAsync(ids[2], page: 2, new ContactListPosition(3, "6", (ids[1], 1), (ids[3], 2)));

        await Tenant.Contacts.DeleteAsync(ids[0], null, default).OrThrowAsync();
        await FindAsync(ids[2], page: 2, new ContactListPosition(2, "5", (ids[1], 1), (ids[3], 2)));

        var (first, second) = (await Tenant.CreateContactAsync("New"), await Tenant.CreateContactAsync("Newer"));
        await FindAsync(ids[3], page: 2, new ContactListPosition(5, "7", (ids[2], 2), (ids[4], 3)));
        await FindAsync(ids[1], page: 1, new ContactListPosition(3, "7", (first.Id, 1), (ids[2], 2)));
        (await Tenant.Get<ContactListPositions>().FindAsync(ids[5], ContactListState.Default, 2, default).OrThrowAsync()).ShouldBeNull();
        second.Id.ShouldBeGreaterThan(first.Id);
    }

    [Fact]
    public async Task ListThatFollowsMessages_IsCountedOnce()
    {
        var ids = new List<long>();
        for (var index = 0; index < 6; index++)
        {
            ids.Insert(0, (await Tenant.CreateContactAsync($"No {index}")).Id);
            await Tenant.AddConversationAsync(ids[0], Time.GetUtcNow(), unread: 1);
        }

        var state = ContactListState.Read("?unread=yes&page=2", _ => null);
        state.Filters.Count.ShouldBe(1);
        _reads.Counts = 0;

        var place = await Tenant.Get<ContactListPositions>().FindAsync(ids[2], state, 1, default).OrThrowAsync();

        place.ShouldBe(new ContactListPosition(3, "6", (ids[1], 2), (ids[3], 4)));
        _reads.Counts.ShouldBe(1);
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IInterceptor>(_reads);

    private async Task FindAsync(long id, int page, ContactListPosition expected) =>
        (await Tenant.Get<ContactListPositions>().FindAsync(id, ContactListState.Default with { Page = page }, 2, default).OrThrowAsync())
            .ShouldBe(expected);

    private sealed class CountingReads : DbCommandInterceptor
    {
        public int Counts { get; set; }

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData,
            InterceptionResult<System.Data.Common.DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Counts += command.CommandText.Contains("COUNT(*)", StringComparison.Ordinal) ? 1 : 0;
            return ValueTask.FromResult(result);
        }
    }
}
