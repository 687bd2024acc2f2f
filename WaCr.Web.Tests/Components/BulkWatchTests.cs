using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Contacts.Bulk;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class BulkWatchTests : ComponentTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AChangeThatAToastTold_IsNotToldASecondTime(bool isTold)
    {
        await Tenant.CreateContactAsync("Asha");
        var job = await Tenant.Get<BulkService>().StartAsync(
            ContactSelection.AllMatching(new ContactQuery(), []), new BulkAction { Fields = City }, default).OrThrowAsync();
        var toasts = Browser.Services.GetRequiredService<BulkToasts>();
        toasts.Follow(job);
        if (isTold)
        {
            toasts.Show(job, EventCallback.Empty);
        }

        var watch = Browser.Render<BulkWatch>();

        watch.WaitForAssertion(() => watch.FindAll(".bulk-watched").Count.ShouldBe(isTold ? 0 : 1));
    }

    private static Dictionary<string, string?> City => new(StringComparer.Ordinal) { ["city"] = "Surat" };
}
