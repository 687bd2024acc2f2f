using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Bulk;

/// <summary>What tests of bulk changes do over and over.</summary>
internal static class BulkWorld
{
    public static readonly ContactSelection Everybody = ContactSelection.AllMatching(new ContactQuery(), []);

    private static readonly CancellationToken None = CancellationToken.None;

    public static BulkService Bulk(this TestTenant tenant) => tenant.Get<BulkService>();

    public static BulkAction SetStatus(long status) =>
        Field("status_id", status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static BulkAction Field(string field, string? value) =>
        new() { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { [field] = value } };

    public static BulkAction Groups(GroupsMode mode, params long[] ids) => new() { Groups = new BulkGroups(mode, ids) };

    public static async Task<ContactDetails> GetAsync(TestTenant tenant, long id) =>
        await tenant.ContactQueries.GetAsync(id, ContactIncludes.None, None).OrThrowAsync();

    public static async Task<BulkJobItem> JobAsync(TestTenant tenant, long id) =>
        await tenant.Get<BulkQueries>().GetAsync(id, None).OrThrowAsync();

    public static async Task<long> CountAsync(TestTenant tenant, long status) =>
        (await tenant.ListAsync(new ContactQuery { Filters = [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, status)] })).Total;

    public static async Task<List<long>> FillAsync(TestTenant tenant, int count)
    {
        var rows = Enumerable.Range(0, count).Select(n => tenant.NewContact($"Name {n:D4}")).ToList();
        var batch = await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), None).OrThrowAsync();
        return [.. batch.Created.Select(contact => contact.Id)];
    }
}
