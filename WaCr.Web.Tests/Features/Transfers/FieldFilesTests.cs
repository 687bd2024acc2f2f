using System.Text;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>Files as other programs write them, brought in as they come, with what is guessed.</summary>
public sealed class FieldFilesTests
{
    [Fact]
    public async Task GoogleContacts_ComeInWithTheirFirstNumber_LabelsAndAddresses()
    {
        var came = await BringInAsync("google-contacts.csv", groups: ["Wholesale"]);

        came.Import.Counts().ShouldBe((3, 0, 0, 0, 0));
        came.People.Select(person => (person.FirstName, person.LastName, person.PhoneKey)).ShouldBe(
            [("Leela", "Nair", "919811100001"), ("Tomas", "", "919811100003"), ("Plumber Co", "", "919811100005")]);
        var leela = came.People[0];
        (leela.Address, leela.City, leela.Zip, leela.CountryId, leela.Company)
            .ShouldBe(("12 Dock Road", "Kochi", "682001", 356, "Harbour Bakery"));
        leela.GroupIds.Count.ShouldBe(1);
        leela.Description.ShouldBe("+91 98111 00002");
        came.Forecast.NewNames.ShouldBeEmpty();
    }

    [Fact]
    public async Task GoogleContacts_MakeNoGroupsOfGooglesOwnLabels()
    {
        var came = await BringInAsync("google-contacts.csv", settings => settings with { CreateMissing = true });

        came.Forecast.NewNames.ShouldBe(["Wholesale"]);
    }

    [Fact]
    public async Task Outlook_TakesTheMobilePhone_OrElseTheNextOne_RowByRow()
    {
        var came = await BringInAsync("outlook-en.csv");

        came.People.Select(person => person.PhoneKey).ShouldBe(["919811200001", "919811200002", "919811200003"]);
        (came.People[0].Address, came.People[0].City, came.People[0].CountryId, came.People[0].Company)
            .ShouldBe(("4 Mill Lane", "Pune", 356, "North Freight"));
    }

    [Theory]
    [InlineData("Vorname;Nachname;Firma;Telefon geschäftlich;Telefon privat;Mobiltelefon;Fax geschäftlich;E-Mail-Adresse;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Land/Region geschäftlich")]
    [InlineData("Prénom;Nom;Société;Téléphone (bureau);Téléphone (domicile);Tél. mobile;Fax (bureau);Adresse de messagerie e-mail;Rue (bureau);Ville (bureau);Code postal (bureau);Pays/Région (bureau)")]
    [InlineData("Nombre;Apellidos;Organización;Teléfono del trabajo;Teléfono particular;Teléfono móvil;Fax del trabajo;Correo electrónico;Calle del trabajo;Ciudad del trabajo;Código postal del trabajo;País o región del trabajo")]
    [InlineData("Nome próprio;Apelido;Empresa;Telefone comercial;Telefone residencial;Telemóvel;Fax comercial;Endereço de e-mail;Rua comercial;Cidade comercial;Código postal comercial;País/Região comercial")]
    [InlineData("Имя;Фамилия;Организация;Рабочий телефон;Домашний телефон;Мобильный телефон;Рабочий факс;Адрес эл. почты;Улица (раб. адрес);Город (раб. адрес);Индекс (раб. адрес);Страна (раб. адрес)")]
    [InlineData("Imię;Nazwisko;Firma;Telefon służbowy;Telefon domowy;Telefon komórkowy;Faks służbowy;Adres e-mail;Ulica (adres służbowy);Miasto (adres służbowy);Kod pocztowy (adres służbowy);Kraj (adres służbowy)")]
    public void Outlook_InOtherLanguages_IsKnown(string headers)
    {
        var fields = ColumnGuess.Of(headers.Split(';'), [], "DE");

        fields[3..7].ShouldBe(["phone_other", "phone_other", "phone", null]);
        fields[..3].ShouldBe(["firstname", "lastname", "company"]);
        fields[8..10].ShouldBe(["address", "city"]);
    }

    [Fact]
    public async Task FacebookLeads_ComeIn_WithANoteOfTheirUnknownStatus()
    {
        var came = await BringInAsync("facebook-leads.csv");

        came.Import.Counts().ShouldBe((came.Import.Rows, 0, 0, 0, 0));
        (came.People[0].FirstName, came.People[0].LastName, came.People[0].PhoneKey).ShouldBe(("Anil", "Menon", "919811500001"));
        came.Forecast.Notes.ShouldContain(count => count.Note.Kind == ImportNoteKind.UnknownWord
            && count.Note.Field == ContactFieldNames.StatusId);
    }

    [Fact]
    public async Task ExcelsDelimiterLine_IsUnderstoodAndPassedOver()
    {
        var came = await BringInAsync("sep-line.csv");

        came.Import.Format.ShouldBe("CSV, UTF-8, ;");
        came.People.Select(person => (person.FirstName, person.City)).ShouldBe([("Ada", "Pune"), ("Alan", "Goa")]);
    }

    [Fact]
    public async Task NumbersWithInvisibleMarks_ComeIn() =>
        (await BringInAsync("invisible-phone-marks.csv")).People.Select(person => person.PhoneKey)
            .ShouldBe(["919811700001", "919811700003", "919811700005", "919811700008"]);

    [Fact]
    public async Task NumbersInEveryNotation_ComeIn_ButNotOneThatIsRounded()
    {
        var came = await BringInAsync("phone-notations.csv", country: "US");

        came.People.Select(person => person.PhoneKey).ShouldBe(
            ["919811800001", "919811800004", "12025550143", "919811800007", "919811800013"]);
        came.Failed.ShouldContain("Sci,Num,9.19812E+11,phone: " + ContactErrors.PhoneRounded);
    }

    [Fact]
    public async Task OneWord_IsAName() =>
        (await BringInAsync("single-names.csv")).People.Select(person => (person.FirstName, person.LastName))
            .ShouldBe([("Asha", ""), ("Ravi", "Kumar"), ("Shop", "")]);

    [Fact]
    public async Task AQuoteThatIsNeverClosed_IsRefusedWithItsLine()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);

        var refused = (await (await world.CreateTenantAsync()).SendAsync(ReadFile("unclosed-quote.csv"))).Error.ShouldBeOfType<FileError>();

        (refused.Problem, refused.Line).ShouldBe((FileProblem.QuoteNotClosed, 3));
    }

    [Theory]
    [InlineData("windows-1251.csv", "WINDOWS-1251", "Иван", "Москва")]
    [InlineData("windows-1256.csv", "WINDOWS-1256", "ليلى", "عمان")]
    public async Task OldCodePages_AreGuessed(string file, string encoding, string name, string city)
    {
        var came = await BringInAsync(file);

        came.Import.Format.ShouldContain(encoding);
        (came.People[0].FirstName, came.People[0].City).ShouldBe((name, city));
    }

    [Fact]
    public async Task TitleLines_AreNoHeader() =>
        (await BringInAsync("report-title-rows.csv")).People.Select(person => person.LastName).ShouldBe(["One", "Two"]);

    [Fact]
    public async Task HubSpot_ComesIn_WithNotesOfItsStages()
    {
        var came = await BringInAsync("hubspot.csv");

        came.People.Select(person => (person.FirstName, person.Company, person.Type))
            .ShouldBe([("Nora", "Hale Ltd", ContactType.Lead), ("Igor", "Tan Ltd", ContactType.Lead)]);
        came.Forecast.Notes.Select(count => count.Note.Word).ShouldBe(["OPEN_DEAL", "Subscriber"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("wati.csv", "919813000001", "5511987650001")]
    [InlineData("calling-code.csv", "5511987650001", "919813000001")]
    public async Task CallingCodes_InAColumnOfTheirOwn_AreJoined(string file, string first, string second)
    {
        var came = await BringInAsync(file, country: "US");

        came.People.Select(person => person.PhoneKey).ShouldBe([first, second]);
        came.People.ShouldAllBe(person => person.Phone.StartsWith('+') && !person.IsOptedOut);
    }

    [Fact]
    public async Task VCards_AreRead()
    {
        var person = (await BringInAsync("icloud.vcf")).People.ShouldHaveSingleItem();

        (person.FirstName, person.LastName, person.PhoneKey, person.Email).ShouldBe(("Asha", "Rao", "919813100001", "asha@example.org"));
    }

    [Fact]
    public async Task AWebPage_IsNamedAsWhatItIs()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);

        (await (await world.CreateTenantAsync()).SendAsync(ReadFile("html-as.xls"))).Error.ShouldBeOfType<FileError>().Problem.ShouldBe(
            FileProblem.WebPage);
    }

    [Fact]
    public async Task PlaceholdersForNothing_AreNothing()
    {
        var came = await BringInAsync("null-placeholders.csv");

        came.People.Count.ShouldBe(2);
        came.People.ShouldAllBe(person => person.Email == null && person.City == null && person.Company == null);
    }

    [Fact]
    public async Task BareNumbers_HaveNoHeader_AndServeAsNames()
    {
        var came = await BringInAsync("numbers-only.txt");

        came.People.Select(person => person.PhoneKey).ShouldBe(["919813400001", "919813400002", "919813400003"]);
        came.People[0].FirstName.ShouldBe("+91 98134 00001");
    }

    [Fact]
    public async Task TwoAddressesInACell_AreTheFirstAndANote()
    {
        var person = (await BringInAsync("single-column-email-semicolon.csv")).People.ShouldHaveSingleItem();

        (person.Email, person.Description, person.PhoneKey).ShouldBe(("mueller@example.org", "second@example.org", "4915125550031"));
    }

    [Fact]
    public async Task OneWrongByte_MakesOneRowDoubtful_AndNotTheFile()
    {
        var came = await BringInAsync("one-latin1-byte-in-utf8.csv");

        came.Import.Format.ShouldContain("UTF-8");
        came.People[0].FirstName.ShouldBe("José");
        came.People[16].FirstName.ShouldBe("René");
        var doubt = came.Forecast.Notes.ShouldHaveSingleItem();
        (doubt.Note.Kind, doubt.Rows, doubt.Lines[0]).ShouldBe((ImportNoteKind.DoubtfulLetters, 1, 18));
    }

    [Fact]
    public async Task OurOwnExport_ComesInElsewhere_AndNobodyIsAssigned()
    {
        var came = await BringInAsync("own-export.csv");

        came.Import.Counts().ShouldBe((3, 0, 0, 0, 0));
        came.People.ShouldAllBe(person => person.AssignedId == null);
        came.Forecast.Notes.ShouldContain(count => count.Note.Field == ContactFieldNames.AssignedId && count.Rows == 3);
    }

    [Fact]
    public async Task NumbersOfAWorkbook_AreAsItsSheetShowsThem()
    {
        var came = await BringInAsync("numbers.xlsx");

        came.People.Take(4).Select(person => (person.PhoneKey, person.Zip)).ShouldBe(
            [("919820100001", "02138"), ("919820100002", "00501"), ("919820100003", "400050"), ("919820100006", "1")]);
    }

    [Fact]
    public async Task AWideDimension_IsOnlyAClaim() => (await BringInAsync(
        "dimension-XEH4.xlsx")).People.ShouldHaveSingleItem().PhoneKey.ShouldBe("919820300005");

    [Fact]
    public async Task ACoverSheet_IsPassedOver() => (await BringInAsync(
        "first-sheet-is-cover.xlsx")).People.ShouldHaveSingleItem().PhoneKey.ShouldBe("919820600001");

    [Theory]
    [InlineData("Opted out of messages\nYes", true)]
    [InlineData("Opted out\nno", false)]
    [InlineData("AllowBroadcast\nFALSE", true)]
    [InlineData("AllowBroadcast\nTRUE", false)]
    [InlineData("Opted In\nNo", true)]
    [InlineData("Unsubscribed\n2026-01-02", true)]
    [InlineData("Subscription status\nUnsubscribed", true)]
    [InlineData("Subscribed\nsubscribed", false)]
    [InlineData("ألغى الاشتراك في الرسائل\nنعم", true)]
    public async Task OptOutColumns_OnlyEverSetTheOptOut(string column, bool isOut)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var (header, value) = (column.Split('\n')[0], column.Split('\n')[1]);

        // Twice: what the first file set, the second does not take back.
        await ImportAsync(world, tenant, $"Name,Phone,{header}\nAsha Rao,+919000000001,{value}", settings => settings);
        await ImportAsync(world, tenant, "Name,Phone,Opted out,Opted in\nAsha Rao,+919000000001,No,Yes", settings =>
            settings with { Existing = ExistingPolicy.Overwrite });

        (await tenant.EverybodyAsync()).ShouldHaveSingleItem().IsOptedOut.ShouldBe(isOut);
    }

    [Theory]
    [InlineData("+91")]
    [InlineData("0091")]
    [InlineData("91")]
    [InlineData("India")]
    [InlineData("IN")]
    public async Task ACountry_InAnyNotation_TellsWhoseNumberItIs(string country)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync(country: "US");

        await ImportAsync(world, tenant, $"Name,Phone,Country\nAsha Rao,98130 00001,{country}", settings => settings);

        var asha = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (asha.PhoneKey, asha.Phone, asha.CountryId).ShouldBe(("919813000001", "+919813000001", 356));
    }

    private static byte[] ReadFile(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Features", "Transfers", "Files", name));

    private static async Task<Arrival> BringInAsync(string file, Func<ImportSettings, ImportSettings>? change = null,
        string country = "IN", string[]? groups = null)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync(country: country);
        foreach (var group in groups ?? [])
        {
            await tenant.CreateGroupAsync(group);
        }

        var import = await tenant.GetImportAsync(await tenant.SendAsync(ReadFile(file), file).OrThrowAsync());
        var settings = (change ?? (same => same))(await tenant.SettingsAsync(import));
        var forecast = await tenant.CheckAsync(import, settings);
        await tenant.StartAsync(import, settings);
        await world.WorkAsync();
        import = await tenant.GetImportAsync(import.Id);
        import.Behind.ShouldBe(import.Rows);
        (import.Created, import.Failed).ShouldBe((forecast.Create, forecast.Error));
        return new Arrival(import, forecast, await tenant.EverybodyAsync(), await tenant.FailedFileAsync(import));
    }

    private static async Task ImportAsync(TestWorld world, TestTenant tenant, string file, Func<ImportSettings, ImportSettings> change)
    {
        var import = await tenant.GetImportAsync(await tenant.SendAsync(Encoding.UTF8.GetBytes(file)).OrThrowAsync());
        await tenant.StartAsync(import, change(await tenant.SettingsAsync(import)));
        await world.WorkAsync();
    }

    private sealed record Arrival(ImportItem Import, ImportForecast Forecast, List<ContactDetails> People, string Failed);
}
