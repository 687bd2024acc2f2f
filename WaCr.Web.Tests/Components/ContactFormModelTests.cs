using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class ContactFormModelTests
{
    private static readonly ContactDetails Loaded = new()
    {
        Id = 7,
        FirstName = "Asha",
        LastName = "Patel",
        Company = "Patel & Sons",
        Type = ContactType.Lead,
        Email = "asha@example.org",
        Phone = "+91 95874 22369",
        PhoneKey = "919587422369",
        StatusId = 3,
        SourceId = 4,
        Description = "Likes tea\nand quiet",
        City = "Baroda",
        State = null,
        Zip = "390001",
        Address = null,
        CountryId = 356,
        AssignedId = 9,
        IsOptedOut = false,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Version = 5,
        GroupIds = [1, 2],
    };

    [Fact]
    public void Nothing_changed_gives_nothing()
    {
        var model = ContactFormModel.From(Loaded);
        model.HasChanges.ShouldBeFalse();
        Given(model.ToPatch()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ContactFieldNames.FirstName, "Usha", "FirstName")]
    [InlineData(ContactFieldNames.LastName, "Shah", "LastName")]
    [InlineData(ContactFieldNames.Company, "Other", "Company")]
    [InlineData(ContactFieldNames.Type, "customer", "Type")]
    [InlineData(ContactFieldNames.Email, "usha@example.org", "Email")]
    [InlineData(ContactFieldNames.Phone, "+91 95874 22370", "Phone")]
    [InlineData(ContactFieldNames.StatusId, "8", "StatusId")]
    [InlineData(ContactFieldNames.SourceId, "8", "SourceId")]
    [InlineData(ContactFieldNames.Description, "Likes coffee", "Description")]
    [InlineData(ContactFieldNames.City, "Surat", "City")]
    [InlineData(ContactFieldNames.State, "Gujarat", "State")]
    [InlineData(ContactFieldNames.Zip, "395003", "Zip")]
    [InlineData(ContactFieldNames.Address, "1 Ring Road", "Address")]
    [InlineData(ContactFieldNames.CountryId, "76", "CountryId")]
    [InlineData(ContactFieldNames.AssignedId, "8", "AssignedId")]
    public void One_field_changed_gives_that_field_alone(string field, string value, string property)
    {
        var model = ContactFormModel.From(Loaded);
        model[field] = value;
        model.Changes.ShouldBe([field]);
        Given(model.ToPatch()).ShouldHaveSingleItem().ShouldBe(property + "=" + value);
    }

    [Fact]
    public void Cleared_fields_are_given_as_null()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.Company] = "";
        model[ContactFieldNames.City] = "   ";
        model[ContactFieldNames.AssignedId] = "";
        Given(model.ToPatch()).ShouldBe(["Company=", "City=", "AssignedId="]);
    }

    [Fact]
    public void Typing_something_and_taking_it_back_is_no_change()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model[ContactFieldNames.City] = "Baroda";
        model[ContactFieldNames.Description] = "Likes tea\r\nand quiet ";
        model.SetGroup(3, member: true);
        model.SetGroup(3, member: false);
        model.HasChanges.ShouldBeFalse();
        Given(model.ToPatch()).ShouldBeEmpty();
    }

    [Fact]
    public void Groups_are_given_as_the_whole_set()
    {
        var model = ContactFormModel.From(Loaded);
        model.SetGroup(9, member: true);
        model.SetGroup(1, member: false);
        model.Changes.ShouldBe([ContactFieldNames.Groups]);
        model.ToPatch().Groups.Value.ShouldBe([2, 9]);
    }

    [Fact]
    public void A_new_contact_gives_what_was_filled_in()
    {
        var model = ContactFormModel.ForNew();
        Given(model.ToPatch()).ShouldBeEmpty();
        model[ContactFieldNames.FirstName] = "Asha";
        Given(model.ToPatch()).ShouldBe(["FirstName=Asha"]);
    }

    [Fact]
    public void A_new_contact_begins_with_values_that_are_sent_and_are_no_changes()
    {
        var model = ContactFormModel.ForNew(new Dictionary<string, string>(StringComparer.Ordinal) { [ContactFieldNames.Type] = "lead" });
        model.HasChanges.ShouldBeFalse();
        model[ContactFieldNames.FirstName] = "Asha";
        Given(model.ToPatch()).ShouldBe(["FirstName=Asha", "Type=lead"]);
    }

    [Fact]
    public void Undo_of_a_save_gives_back_what_was_loaded()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.SetGroup(9, member: true);
        var undo = model.ToUndo();
        undo.City.Value.ShouldBe(Loaded.City);
        undo.Groups.Value.ShouldBe(Loaded.GroupIds);
        undo.FirstName.IsGiven.ShouldBeFalse();
    }

    [Fact]
    public void Rebase_DifferentFields_KeepsBoth()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.SetGroup(9, member: true);

        model.Rebase(Loaded with { Company = "Theirs", Version = 6, GroupIds = [2, 3] });

        model.Conflicts.ShouldBeEmpty();
        model.Version.ShouldBe(6);
        model[ContactFieldNames.Company].ShouldBe("Theirs");
        Given(model.ToPatch()).ShouldContain("City=Surat");
        model.ToPatch().Company.IsGiven.ShouldBeFalse();
        model.ToPatch().Groups.Value.ShouldBe([2, 3, 9]);
    }

    [Fact]
    public void Rebase_SameField_KeepsMineAndNamesTheirsAndBefore()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.Rebase(Loaded with { City = "Mumbai", Version = 6 });
        model.Conflicts.ShouldHaveSingleItem().ShouldBe(new FieldConflict("city", "Baroda", "Mumbai"));
        model[ContactFieldNames.City].ShouldBe("Surat");
        Given(model.ToPatch()).ShouldBe(["City=Surat"]);
    }

    [Fact]
    public void Rebase_TheyChangeItAgainOrTakeItBack_ComparesWithWhatIFound()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.Rebase(Loaded with { City = "Mumbai", Version = 6 });
        model.Rebase(Loaded with { City = "Pune", Version = 7 });
        model.Conflicts.ShouldHaveSingleItem().ShouldBe(new FieldConflict("city", "Baroda", "Pune"));
        model.Rebase(Loaded with { City = "Baroda", Version = 8 });
        model.Conflicts.ShouldBeEmpty();
        Given(model.ToPatch()).ShouldBe(["City=Surat"]);
    }

    [Fact]
    public void Rebase_SameChange_IsNoConflictAndNoChange()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.Rebase(Loaded with { City = "Surat", Version = 6 });
        model.Conflicts.ShouldBeEmpty();
        model.HasChanges.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Surat", "City=Surat")]
    [InlineData("Baroda", "City=Baroda")]
    [InlineData("Mumbai", null)]
    public void Choose_EndsTheConflict(string value, string? sent)
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        model.Rebase(Loaded with { City = "Mumbai", Version = 6 });
        model.Choose(ContactFieldNames.City, value);
        model.Conflicts.ShouldBeEmpty();
        Given(model.ToPatch()).ShouldBe(sent is null ? [] : [sent]);
    }

    [Fact]
    public void Restore_NothingChangedSince_TypesEverythingAgain()
    {
        var before = ContactFormModel.From(Loaded);
        before[ContactFieldNames.City] = "Surat";
        before[ContactFieldNames.Company] = "";
        before.SetGroup(1, member: false);
        before.SetGroup(9, member: true);

        var after = ContactFormModel.From(Loaded);
        after.Restore(before.ToUnsaved());
        after.Conflicts.ShouldBeEmpty();
        Given(after.ToPatch()).ShouldBe(Given(before.ToPatch()));
        after.Groups.ShouldBe([2, 9], ignoreOrder: true);
    }

    [Fact]
    public void Restore_AgainstAChangedContact_GoesThroughTheComparison()
    {
        var before = ContactFormModel.From(Loaded);
        before[ContactFieldNames.City] = "Surat";
        before[ContactFieldNames.Zip] = "395003";

        var after = ContactFormModel.From(Loaded with { City = "Mumbai", Company = "Theirs", Version = 6 });
        after.Restore(before.ToUnsaved());
        after.Conflicts.ShouldHaveSingleItem().ShouldBe(new FieldConflict("city", "Baroda", "Mumbai"));
        after.Changes.ShouldBe(["city", "zip"], ignoreOrder: true);
        after[ContactFieldNames.Company].ShouldBe("Theirs");
    }

    [Fact]
    public void Unsaved_WithAConflictPending_StillKnowsWhatWasThereBefore()
    {
        var model = ContactFormModel.From(Loaded);
        model[ContactFieldNames.City] = "Surat";
        var theirs = Loaded with { City = "Mumbai", Version = 6 };
        model.Rebase(theirs);

        var again = ContactFormModel.From(theirs);
        again.Restore(model.ToUnsaved());
        again.Conflicts.ShouldBe(model.Conflicts);
    }

    // "Property=value" for each given field, whatever the patch is made of.
    private static List<string> Given(ContactPatch patch) =>
    [
        .. typeof(ContactPatch).GetProperties()
            .Where(property => property.PropertyType.IsGenericType
                && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>))
            .Select(property => (property.Name, Value: (dynamic)property.GetValue(patch)!))
            .Where(field => field.Value.IsGiven)
            .Select(field => $"{field.Name}={field.Value.Value}"),
    ];
}
