using Bunit;
using MudBlazor;
using WaCr.Web.Components.Pages.Contacts.Bulk;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class BulkSheetTests : ComponentTest
{
    [Fact]
    public void AnUntouchedModel_IsNoAction() => new BulkSheetModel().Action.ShouldBeNull();

    [Fact]
    public void OnlyTouchedFields_ArePartOfTheAction()
    {
        var model = new BulkSheetModel();
        model.Set("company", "Acme");
        model.Clear("city");
        model.Set("state", "Kerala");
        model.Leave("state");
        model.Set("zip", "   ");

        model.Action!.Fields.ShouldBe(new Dictionary<string, string?>(StringComparer.Ordinal) { ["company"] = "Acme", ["city"] = null });
        model.Action.Groups.ShouldBeNull();
        (model.IsTouched("zip"), model.IsCleared("city"), model["city"]).ShouldBe((false, true, ""));
    }

    [Fact]
    public void GroupsWithoutAChoice_AreAnActionOnlyWhereTheyReplace()
    {
        var model = new BulkSheetModel { GroupsMode = GroupsMode.Add };
        model.Action.ShouldBeNull();
        model.GroupsMode = GroupsMode.Replace;
        model.Action!.Groups!.Ids.ShouldBeEmpty();
        model.GroupsMode = GroupsMode.Add;
        model.SetGroup("7", true);
        model.Action!.Groups!.Ids.ShouldBe([7]);
        model.GroupsMode = null;
        model.Action.ShouldBeNull();
    }

    [Fact]
    public async Task EveryField_SaysNoChangeUntilItIsTouched_AndThePreviewCounts()
    {
        var won = await Tenant.CreateStatusAsync("Won");
        await Tenant.CreateContactAsync("One");
        var two = await Tenant.CreateContactAsync(Tenant.NewContact("Two") with { StatusId = won });
        var dialogs = await OpenAsync(ContactSelection.AllMatching(new ContactQuery(), []));

        foreach (var field in BulkAction.Editable)
        {
            var shown = dialogs.Find("#bulk-" + field);
            shown.GetAttribute(shown.GetAttribute("role") == "combobox" ? "value" : "placeholder").ShouldBe("No change");
        }

        dialogs.Find(".bulk-said").TextContent.ShouldBe("Choose a value.");
        dialogs.Find("button.mud-button-filled-primary").HasAttribute("disabled").ShouldBeTrue();

        await dialogs.ChooseAsync("bulk-status_id", won);
        dialogs.WaitForAssertion(() => dialogs.Find(".bulk-said").TextContent.ShouldBe("1 of 2 selected contacts will change."));

        await dialogs.ChooseAsync("bulk-status_id", "");
        dialogs.WaitForAssertion(() => dialogs.Find(".bulk-said").TextContent.ShouldBe("Choose a value."));

        await dialogs.ChooseAsync("bulk-status_id", won);
        dialogs.WaitForAssertion(() => dialogs.Find("button.mud-button-filled-primary").TextContent.Trim().ShouldBe("Change 1 contact"));
        await dialogs.Find("button.mud-button-filled-primary").ClickAsync(new());

        dialogs.WaitForAssertion(() => dialogs.FindAll("#bulk-status_id").ShouldBeEmpty());
        (await Tenant.ListAsync(new ContactQuery())).Items.ShouldAllBe(contact => contact.StatusId == won);
        (await Tenant.ContactQueries.GetAsync(two.Id, ContactIncludes.None, default).OrThrowAsync()).Version.ShouldBe(two.Version);
    }

    [Fact]
    public async Task AFew_AreDeletedWithoutAQuestion_AndComeBackByUndo()
    {
        var contact = await Tenant.CreateContactAsync();
        var actions = Browser.Render<BulkActions>(parameters => parameters
            .Add(p => p.Selection, ContactSelection.Of([contact.Id]))
            .Add(p => p.Count, 1));
        await actions.FindAll("button")[^1].ClickAsync(new());
        (await Tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
        await actions.InvokeAsync(() => Tenant.Get<Toasts>().Shown.Single().Undo!());
        (await Tenant.ListAsync(new ContactQuery())).Total.ShouldBe(1);
    }

    [Fact]
    public async Task AnAgent_IsNotOfferedToDelete_AndAViewerNothing()
    {
        var contact = await Tenant.CreateContactAsync();
        Become(Role.Agent);
        var actions = () => Browser.Render<BulkActions>(parameters => parameters.Add(p => p.Selection, ContactSelection.Of([contact.Id])).Add(p => p.Count, 1));
        actions().FindAll("button").Select(button => button.TextContent).ShouldBe(["Status", "Assign", "Groups", "Consent", "Edit"]);
        Become(Role.Viewer);
        actions().FindAll("button").ShouldBeEmpty();
        Become(Role.Owner);
        actions().FindAll("button").Select(button => button.TextContent.Trim()).ShouldBe(["Status", "Assign", "Groups", "Consent", "Edit", "Send a template", "Delete"]);
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(ContactSelection selection)
    {
        var provider = Browser.Render<MudDialogProvider>();
        var parameters = new DialogParameters<BulkSheet> { { sheet => sheet.Selection, selection } };
        await provider.InvokeAsync(() => Browser.Services.GetRequiredService<IDialogService>().ShowAsync<BulkSheet>("Edit", parameters));
        return provider;
    }
}
