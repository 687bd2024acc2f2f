using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Api;

/// <summary>Codes on their way out: what goes to WhatsApp, what is kept, and every way in which a send says no.</summary>
public sealed class CodeSendingTests(WhatsAppApps apps) : IClassFixture<WhatsAppApps>
{
    private const string Code = "482913";
    private const string Minutes = """
        [{"type":"BODY","text":"{{1}} is your code. It lasts {{2}} minutes. Regards, {{3}} for {{4}}"},
         {"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy"}]}]
        """;

    [Theory]
    [OnEachEngine]
    public async Task Code_IsSentTwiceInTheTemplate_AndAnsweredWithoutIt(DatabaseProvider engine)
    {
        var (app, tenant, client) = await ConnectedAsync(engine);
        var contact = await tenant.CreateContactAsync(phone: "+919587422369");

        var reply = (await SendAsync(client, new { phone = "+91 95874-22369", template_name = "otp_code", code = Code }))
            .ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("OTP sent successfully");
        var data = reply.Data!.AsObject();
        data.Select(field => field.Key).ShouldBe(
            [
                "message_id", "contact_id", "phone", "template_name", "language", "code_sent", "expiry_minutes", "expires_at", "status",
                "sent_at"
            ]);
        ((string)data["message_id"]!).ShouldStartWith("wamid.");
        ((long)data["contact_id"]!).ShouldBe(contact.Id);
        ((string)data["phone"]!).ShouldBe("919587422369");
        ((string)data["language"]!).ShouldBe("en");
        ((bool)data["code_sent"]!).ShouldBeTrue();
        ((int)data["expiry_minutes"]!).ShouldBe(10);
        ((string)data["expires_at"]!).ShouldBe($"{app.Time.GetUtcNow().AddMinutes(10):yyyy-MM-ddTHH:mm:ss}+00:00");
        ((string)data["status"]!).ShouldBe("sent");
        var sent = apps.WhatsApp.LastTemplate;
        sent.Name.ShouldBe("otp_code");
        sent.Body.ShouldBe([new(Code)]);
        sent.Buttons.ShouldBe([new(0, TemplateButtonKind.Url, Code)]);
        (await VerifyAsync(client, Code)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [OnEachEngine]
    public async Task Code_IsKeptNowhere(DatabaseProvider engine)
    {
        var (_, tenant, client) = await ConnectedAsync(engine);
        const string secret = "Zq7-Yx9-Wv3"; // like nothing else

        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = secret })).ShouldBe(HttpStatusCode.OK);
        (await VerifyAsync(client, "Wrong-Ab1-X")).ShouldFail(HttpStatusCode.UnprocessableEntity, "INVALID_CODE");
        apps.WhatsApp.Refusal = new WhatsAppRefused(131026, "Undeliverable", "Because.", null, null);
        (await SendAsync(client, new { phone = "+919587422360", template_name = "otp_code", code = secret }))
            .ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

        await using var db = tenant.OpenDatabase();
        var message = await db.Messages.OrderBy(m => m.Id).FirstAsync();
        message.Text.ShouldStartWith("*••••••* is your verification code.");
        message.Content!.ShouldContain("otp_code");
        (await CodeSearch.FindAsync(db, secret)).ShouldBeEmpty();
        (await CodeSearch.FindAsync(db, "Wrong-Ab1-X")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Code_IsLoggedNowhere_HoweverMuchIsLogged()
    {
        var (_, _, client) = await ConnectedAsync(DatabaseProvider.Sqlite);
        const string secret = "Lg7-Yx9-Wv3";
        apps.Logs.Clear();

        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = secret })).ShouldBe(HttpStatusCode.OK);
        (await VerifyAsync(client, "Wr7-Yx9-Wv3")).ShouldFail(HttpStatusCode.UnprocessableEntity, "INVALID_CODE");
        (await VerifyAsync(client, secret)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(client, new { phone = 5, code = secret })).ShouldBeInvalid();

        apps.Logs.Count.ShouldBeGreaterThan(10);
        apps.Logs.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)
            || line.Contains("Wr7-Yx9-Wv3", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();
    }

    [Theory]
    [OnEachEngine]
    public async Task MinutesAndMore_GoIntoTheBody_WithMergeFields(DatabaseProvider engine)
    {
        var (_, tenant, client) = await ConnectedAsync(engine, Minutes);
        await tenant.CreateContactAsync(firstName: "Asha", phone: "+919587422369");

        (await SendAsync(client, new
        {
            phone = "+919587422369",
            template_name = "otp_code",
            code = Code,
            expiry_minutes = 60,
            additional_params = new[] { " Shop ", "@{contact_first_name}" },
        })).ShouldBe(HttpStatusCode.OK);

        apps.WhatsApp.LastTemplate.Body.ShouldBe([new(Code), new("60"), new("Shop"), new("Asha")]);
        apps.WhatsApp.LastTemplate.Buttons.ShouldBe([new(0, TemplateButtonKind.CopyCode, Code)]);
        var missing = (
            await SendAsync(
                client, new { phone = "+919587422369", template_name = "otp_code", code = Code, additional_params = new[] { "Shop" } }))
            .ShouldBeInvalid();
        missing.ErrorFields.ShouldBe(["additional_params.1"]);
    }

    [Theory]
    [OnEachEngine]
    public async Task NewCode_VoidsTheEarlierOne_OfThatPhoneAndPurpose(DatabaseProvider engine)
    {
        var (_, _, client) = await ConnectedAsync(engine);

        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = "111111" })).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = "333333", purpose = "payment" }))
            .ShouldBe(HttpStatusCode.OK);
        (await SendAsync(client, new { phone = "+91 9587422369", template_name = "otp_code", code = "222222" }))
            .ShouldBe(HttpStatusCode.OK);

        (await VerifyAsync(client, "111111")).ShouldFail(HttpStatusCode.UnprocessableEntity, "INVALID_CODE");
        (await VerifyAsync(client, "222222")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/auth/verify", new { phone = "+919587422369", code = "333333", purpose = "payment" }))
            .ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [OnEachEngine]
    public async Task Resend_MakesSixFreshDigits_ThreeTimesInFiveMinutes(DatabaseProvider engine)
    {
        var (app, _, client) = await ConnectedAsync(engine);
        var body = new { phone = "+919587422369", template_name = "otp_code", expiry_minutes = 5 };
        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = "not-digits" }))
            .ShouldBe(HttpStatusCode.OK);

        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var reply = (await client.PostAsync("/auth/resend", body)).ShouldBe(HttpStatusCode.OK);
            ((string)reply.Json["message"]!).ShouldBe("OTP resent successfully");
            ((int)reply.Data!["expiry_minutes"]!).ShouldBe(5);
            codes.Add(apps.WhatsApp.LastTemplate.Body![0].Value);
        }

        codes.ShouldAllBe(code => code.Length == 6 && code.All(char.IsAsciiDigit));
        codes.Distinct().Count().ShouldBeGreaterThan(1);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        var refused = (await client.PostAsync("/auth/resend", body)).ShouldFail(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        refused.Headers["Retry-After"].ShouldBe("180");
        (await client.PostAsync("/auth/resend", new { phone = "+919587422300", template_name = "otp_code" })).ShouldBe(HttpStatusCode.OK);
        (await VerifyAsync(client, "not-digits")).ShouldFail(HttpStatusCode.UnprocessableEntity, "INVALID_CODE");
        (await VerifyAsync(client, codes[2])).ShouldBe(HttpStatusCode.OK);
        app.Time.Advance(TimeSpan.FromMinutes(4));
        (await client.PostAsync("/auth/resend", body)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [OnEachEngine]
    public async Task TenSendsAtOnce_LeaveOneCodeThatCounts(DatabaseProvider engine)
    {
        var (_, tenant, client) = await ConnectedAsync(engine);

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(index =>
            SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = $"{index}{index}{index}{index}" })));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        await using var db = tenant.OpenDatabase();
        (await db.OneTimeCodes.CountAsync(code => code.State == OneTimeCodeState.Active)).ShouldBe(1);
        (await db.OneTimeCodes.CountAsync(code => code.State == OneTimeCodeState.Void)).ShouldBe(9);
        (await db.Contacts.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [OnEachEngine]
    public async Task FailedSend_VoidsItsCode_AndAnUncertainOneDoesNot(DatabaseProvider engine)
    {
        var (_, _, client) = await ConnectedAsync(engine);
        var body = new { phone = "+919587422369", template_name = "otp_code", code = Code };

        apps.WhatsApp.Refusal = new WhatsAppRefused(131026, "Message undeliverable", "Not on WhatsApp.", null, null);
        var failed = (await SendAsync(client, body)).ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");
        ((int)failed.Json["error"]!["details"]!["code"]!).ShouldBe(131026);
        (await VerifyAsync(client, Code)).ShouldFail(HttpStatusCode.UnprocessableEntity, "OTP_NOT_FOUND");

        apps.WhatsApp.Refusal = new WhatsAppUncertain();
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");
        (await VerifyAsync(client, Code)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [OnEachEngine]
    public async Task Refusals_ComeInTheirOrder_AndSendNothing(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync("business");
        var before = apps.WhatsApp.Sent.Count;
        var body = new JsonObject { ["phone"] = "+919587422369", ["template_name"] = "nothing", ["code"] = Code };

        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
        var account = await WhatsAppApps.ConnectAsync(tenant);
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_FOUND");
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents, account: account);
        await tenant.AddTemplateAsync("paused", "AUTHENTICATION", TestTemplates.CodeComponents, account: account, status: "PAUSED");
        await tenant.AddTemplateAsync("order", account: account);
        body["template_name"] = "otp_code";
        body["language"] = "de"; // which it does not have
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_FOUND");
        body["language"] = "en";
        body["template_name"] = "paused";
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_APPROVED");
        body["template_name"] = "order";
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_WRONG_CATEGORY");
        body["contact_id"] = 4711;
        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        var contact = await tenant.CreateContactAsync(phone: "+919587422369");
        body["contact_id"] = contact.Id;
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        (await SendAsync(client, body)).ShouldFail(HttpStatusCode.Forbidden, "CONTACT_OPTED_OUT");

        apps.WhatsApp.Sent.Count.ShouldBe(before);
        await using var after = tenant.OpenDatabase();
        (await after.OneTimeCodes.CountAsync()).ShouldBe(0);
        (await after.Messages.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [OnEachEngine]
    public async Task PlanWithoutTemplates_IsToldSo_RightAfterTheFields(DatabaseProvider engine)
    {
        var (_, tenant, client) = await ConnectedAsync(engine, plan: "starter");
        await using (var db = tenant.OpenDatabase())
        {
            await db.Plans.Where(plan => plan.Code == "starter")
                .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.HasWhatsAppTemplates, false));
        }

        var refused = (await SendAsync(client, new { phone = "+919587422369", template_name = "nothing", code = Code }))
            .ShouldFail(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        refused.Json["error"]!["details"]!.ToJsonString().ShouldBe("""{"feature":"whatsapp_templates"}""");
        (await SendAsync(client, new { })).ShouldBeInvalid();
        await using var restored = tenant.OpenDatabase();
        await restored.Plans.Where(plan => plan.Code == "starter")
            .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.HasWhatsAppTemplates, true));
    }

    [Fact]
    public async Task NumberThatNobodyHas_MakesAContact_OnlyWhereDefaultsAreSet()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var (tenant, client) = await app.NewTenantAsync();
        var account = await WhatsAppApps.ConnectAsync(tenant, hasDefaults: false);
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents, account: account);

        (await SendAsync(client, new { phone = "+919587422369", template_name = "otp_code", code = Code }))
            .ShouldBeInvalid().ErrorFields.ShouldBe(["phone"]);
    }

    [Theory]
    [InlineData("{}", "phone,template_name,code")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":482913}""", "code")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1234567890123456"}""", "code")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"12\n34"}""", "code")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","expiry_minutes":0}""", "expiry_minutes")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","expiry_minutes":61}""", "expiry_minutes")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","expiry_minutes":"5"}""", "expiry_minutes")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","language":"en_US_en_US"}""", "language")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","contact_id":"5"}""", "contact_id")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","additional_params":"a"}""", "additional_params")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","additional_params":["a",5,null]}""",
        "additional_params.1,additional_params.2")]
    [InlineData("""{"phone":"+919587422369","template_name":"x","code":"1","purpose":[]}""", "purpose")]
    public async Task WrongFields_AreNamedAllAtOnce(string body, string fields)
    {
        var (_, _, client) = await ConnectedAsync(DatabaseProvider.Sqlite);

        (await client.PostAsync("/auth/send-otp", body)).ShouldBeInvalid().ErrorFields.ShouldBe(fields.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task RequiredFields_AreAskedForInTheContractsWords()
    {
        var (_, _, client) = await ConnectedAsync(DatabaseProvider.Sqlite);

        var reply = (await client.PostAsync("/auth/resend", "{}")).ShouldBeInvalid();
        reply.Errors("phone").ShouldBe(["Phone number is required"]);
        reply.Errors("template_name").ShouldBe(["Template name is required"]);
        reply.ErrorFields.Length.ShouldBe(2);
        (await client.PostAsync("/auth/send-otp", "[]")).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await client.PostAsync("/auth/send-otp", "")).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task SameKey_SendsOnce()
    {
        var (_, _, client) = await ConnectedAsync(DatabaseProvider.Sqlite);
        var body = new { phone = "+919587422369", template_name = "otp_code", code = Code };
        var before = apps.WhatsApp.Sent.Count;

        var first = (await client.PostAsync("/auth/send-otp", body, ("Idempotency-Key", "otp-1"))).ShouldBe(HttpStatusCode.OK);
        var second = (await client.PostAsync("/auth/send-otp", body, ("Idempotency-Key", "otp-1"))).ShouldBe(HttpStatusCode.OK);

        second.Body.ShouldBe(first.Body);
        apps.WhatsApp.Sent.Count.ShouldBe(before + 1);
    }

    private async Task<(TestApp App, TestTenant Tenant, ApiClient Client)> ConnectedAsync(
        DatabaseProvider engine, string components = TestTemplates.CodeComponents, string plan = "business")
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync(plan);
        var account = await WhatsAppApps.ConnectAsync(tenant);
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", components, account: account);
        return (app, tenant, client);
    }

    private static Task<ApiReply> SendAsync(ApiClient client, object body) =>
        client.PostAsync("/auth/send-otp", body is JsonObject json ? json.ToJsonString() : body);

    private static Task<ApiReply> VerifyAsync(ApiClient client, string code) =>
        client.PostAsync("/auth/verify", new { phone = "+919587422369", code });
}
