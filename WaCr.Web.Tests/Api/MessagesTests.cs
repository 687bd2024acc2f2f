using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Api;

public sealed class MessagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Text_ToSomebodyWhoWrote_AnswersAsTheContractSays()
    {
        var (tenant, client, contact) = await NewWriterAsync("+919587422369");

        var reply = (await client.PostAsync("/messages/text", new { phone = "+91 95874-22369", message = " Hi @{contact_first_name} " })).ShouldBe(HttpStatusCode.OK);

        var data = reply.Data!.AsObject();
        data.Select(pair => pair.Key).ShouldBe(["message_id", "contact_id", "phone", "status", "sent_at", "chat_id", "chat_message_id", "message"]);
        ((string)data["message_id"]!).ShouldStartWith("wamid.");
        ((long)data["contact_id"]!).ShouldBe(contact);
        ((string)data["phone"]!).ShouldBe("919587422369");
        ((string)data["status"]!).ShouldBe("sent");
        ((string)data["sent_at"]!).ShouldBe("2026-03-04T05:06:07+00:00");
        ((string)data["message"]!).ShouldBe("Hi Asha");
        ((string)reply.Json["message"]!).ShouldBe("Message sent successfully");

        var one = (await client.GetAsync($"/messages/{data["chat_message_id"]}")).ShouldBe(HttpStatusCode.OK);
        ((long)one.Data!["interaction_id"]!).ShouldBe((long)data["chat_id"]!);
        ((string)one.Data["status"]!).ShouldBe("sent");
        one.Data.AsObject().ContainsKey("staff_id").ShouldBeTrue();
        one.Data["staff_id"].ShouldBeNull();
        (await client.GetAsync($"/messages/{data["message_id"]}")).Id.ShouldBe(one.Id);
        (await client.GetAsync($"/messages/{one.Id}?fields=message,url")).Data!.AsObject().Select(pair => pair.Key).ShouldBe(["id", "message", "url"]);
        (await client.GetAsync("/messages")).Items.ShouldHaveSingleItem()!["message"]!.GetValue<string>().ShouldBe("Hi Asha");
        _ = tenant;
    }

    [Theory]
    [InlineData("""{}""", "phone", "Phone number is required")]
    [InlineData("""{}""", "message", "Message is required")]
    [InlineData("""{"phone":"  ","message":"x"}""", "phone", "Phone number is required")]
    [InlineData("""{"phone":"+91 9587","message":"x"}""", "phone", "Must be at least 10 characters long")]
    [InlineData("""{"phone":"+91 95874 22369 22369","message":"x"}""", "phone", "Must not be longer than 20 characters")]
    [InlineData("""{"phone":"+91.95874.22369","message":"x"}""", "phone", "The phone number is not valid")]
    [InlineData("""{"phone":"+0000000000","message":"x"}""", "phone", "The phone number is not valid")]
    [InlineData("""{"phone":9587422369,"message":"x"}""", "phone", "Must be a string")]
    [InlineData("""{"phone":"+919587422369","message":" "}""", "message", "Message is required")]
    [InlineData("""{"phone":"+919587422369","message":"\u0000"}""", "message", "The text contains characters that cannot be stored")]
    [InlineData("""{"phone":"+919587422369","message":"x","contact_id":"7"}""", "contact_id", "Must be an integer")]
    public async Task Text_WithAWrongField_NamesIt(string body, string field, string message)
    {
        var (_, client) = await app.NewTenantAsync();

        var reply = (await client.PostAsync("/messages/text", body)).ShouldBeInvalid(field);

        reply.Errors(field).ShouldBe([message]);
    }

    [Fact]
    public async Task Text_OfMoreThan4096Characters_IsInvalid_AlsoAfterMerging()
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");

        (await client.PostAsync("/messages/text", new { phone = "+919587422369", message = new string('x', 4097) })).ShouldBeInvalid("message");
        (await client.PostAsync("/messages/text", new { phone = "+919587422369", message = new string('x', 4074) + "@{contact_first_name}x" })).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/messages/text", new { phone = "+919587422369", message = new string('x', 4092) + "@{contact_first_name}" })).ShouldBeInvalid("message");
    }

    [Fact]
    public async Task EachRefusal_HasItsCode()
    {
        var (tenant, client) = await app.NewTenantAsync("free");
        var contact = await tenant.CreateContactAsync();
        var text = new { phone = contact.Phone, message = "Hello" };

        (await client.PostAsync("/messages/text", text)).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
        await tenant.ConnectWhatsAppAsync();
        (await client.PostAsync("/messages/text", new { phone = contact.Phone, message = "Hello", contact_id = 999_999 })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.PostAsync("/messages/text", text)).ShouldFail(HttpStatusCode.UnprocessableEntity, "MESSAGE_WINDOW_CLOSED");
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        (await client.PostAsync("/messages/text", text)).ShouldFail(HttpStatusCode.Forbidden, "CONTACT_OPTED_OUT");
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, false));
            db.UsageCounters.Add(new UsageCounter { Metric = Metric.Conversations, Period = "2026-03", Value = 100 });
            await db.SaveChangesAsync();
        }

        await tenant.HearFromAsync(contact.Id, app.Time.GetUtcNow());
        var full = (await client.PostAsync("/messages/text", text)).ShouldFail(HttpStatusCode.Forbidden, "FEATURE_LIMIT_EXCEEDED");
        full.Json["error"]!["details"]!.ToJsonString().ShouldBe("""{"feature":"conversations","current":100,"maximum":100}""");
    }

    [Fact]
    public async Task WhatsAppsRefusal_IsToldWithItsCode()
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");
        app.Graph.Refuses(131026, "Receiver is not on WhatsApp");

        var reply = (await client.PostAsync("/messages/text", new { phone = "+919587422369", message = "Hello" }))
            .ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

        var details = reply.Json["error"]!["details"]!;
        ((int)details["code"]!).ShouldBe(131026);
        ((string)details["title"]!).ShouldBe("(#131026) No");
        ((string)details["message"]!).ShouldBe("Receiver is not on WhatsApp");
        var one = await client.GetAsync($"/messages/{details["chat_message_id"]}");
        ((string)one.Data!["status"]!).ShouldBe("failed");
        ((string)one.Data["status_message"]!).ShouldBe("Receiver is not on WhatsApp");
    }

    [Fact]
    public async Task TheSameKey_SendsOnce()
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");
        var before = app.Graph.Calls.Count;

        var first = await client.PostAsync("/messages/text", new { phone = "+919587422369", message = "Once" }, ("Idempotency-Key", "once"));
        var again = await client.PostAsync("/messages/text", new { phone = "+919587422369", message = "Once" }, ("Idempotency-Key", "once"));

        again.Body.ShouldBe(first.ShouldBe(HttpStatusCode.OK).Body);
        (app.Graph.Calls.Count - before).ShouldBe(1);
    }

    [Theory]
    [InlineData("pt-BR", """{"language":"contact"}""", "pt_BR")]
    [InlineData("pt-PT", """{"language":"contact"}""", "pt")]
    [InlineData("ar", """{"language":"contact","fallback_language":"pt"}""", "pt")]
    [InlineData("ar", """{"language":"contact"}""", "en")]
    [InlineData(null, """{"language":"contact"}""", "en")]
    [InlineData("pt-BR", """{"language":"en"}""", "en")]
    [InlineData("pt-BR", "{}", "en")]
    public async Task Template_InTheContactsLanguage_ThenTheBaseLanguage_ThenTheFallback(string? preferred, string body, string expected)
    {
        var (tenant, client, contact) = await NewWriterAsync("+919587422369");
        foreach (var language in new[] { "en", "pt", "pt_BR" })
        {
            await tenant.AddTemplateAsync("hello", components: $$"""[{"type":"BODY","text":"Hello in {{language}}"}]""", language: language);
        }

        await tenant.Contacts.UpdateAsync(contact, new ContactPatch { Language = new Optional<string?>(preferred) }, null, default).OrThrowAsync();
        var request = JsonNode.Parse(body)!.AsObject();
        request["contact_id"] = contact;
        request["template_name"] = "hello";

        var reply = (await client.PostAsync("/messages/template", request)).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Data!["language"]!).ShouldBe(expected);
        app.Graph.Calls[^1].Json["template"]!["language"]!["code"]!.GetValue<string>().ShouldBe(expected);
    }

    [Fact]
    public async Task Template_ThatShowsProducts_TakesSectionsOfIds()
    {
        var (tenant, client, contact) = await NewWriterAsync("+919587422369");
        await tenant.AddTemplateAsync("show", components: """[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""");
        var request = JsonNode.Parse("""{"template_name":"show","thumbnail_product_id":"tea-1","product_sections":[{"title":"Tea","product_ids":["tea-1","tea-2"]}]}""")!.AsObject();
        request["contact_id"] = contact;

        (await client.PostAsync("/messages/template", request)).ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json["template"]!["components"]![0]!["parameters"]![0]!["action"]!["sections"]!.ToJsonString()
            .ShouldBe("""[{"title":"Tea","product_items":[{"product_retailer_id":"tea-1"},{"product_retailer_id":"tea-2"}]}]""");
        request["product_sections"]![0]!["title"] = "";
        (await client.PostAsync("/messages/template", request)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("text", """{"message":"Hello"}""")]
    [InlineData("text", """{"message":"Hello","phone":null}""")]
    [InlineData("interactive", """{"type":"button","body_text":"Well?","buttons":[{"id":"y","title":"Yes"}]}""")]
    [InlineData("template", """{"template_name":"hello"}""")]
    public async Task ContactAlone_IsEnough_ForSomebodyWhoHidesTheNumberToo(string kind, string body)
    {
        var (tenant, client, contact) = await NewWriterAsync("+919587422369");
        await tenant.AddTemplateAsync("hello", components: """[{"type":"BODY","text":"Hello"}]""");
        var hidden = new Contact { FirstName = "Asha", StatusId = tenant.StatusId, SourceId = tenant.SourceId };
        await using (var db = tenant.OpenDatabase())
        {
            db.Contacts.Add(hidden);
            await db.SaveChangesAsync();
            await tenant.HearFromAsync(hidden.Id, app.Time.GetUtcNow());
            await db.Conversations.Where(c => c.ContactId == hidden.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.UserId, "IN.13491208655302741918"));
        }

        (await SendAsync(contact)).ShouldBe("919587422369");
        (await SendAsync(hidden.Id)).ShouldBeNull();

        app.Graph.Calls[^1].Json["recipient"]!.GetValue<string>().ShouldBe("IN.13491208655302741918");

        async Task<string?> SendAsync(long to)
        {
            var request = JsonNode.Parse(body)!.AsObject();
            request["contact_id"] = to;
            return (string?)(await client.PostAsync($"/messages/{kind}", request)).ShouldBe(HttpStatusCode.OK).Data!["phone"];
        }
    }

    [Fact]
    public async Task Buttons_GoOutAsWhatsAppWantsThem()
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");

        var reply = await client.PostAsync("/messages/interactive", """
            {"phone":"+919587422369","type":"button","body_text":"Well, @{contact_first_name}?","header_text":"Order 1","footer_text":"Shop",
             "buttons":[{"id":"y","title":"Yes"},{"id":"n","title":"No"}]}
            """);

        ((string)reply.ShouldBe(HttpStatusCode.OK).Data!["type"]!).ShouldBe("button");
        app.Graph.Calls[^1].Json["interactive"]!.ToJsonString().ShouldBe(
            """{"type":"button","body":{"text":"Well, Asha?"},"action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}},{"type":"reply","reply":{"id":"n","title":"No"}}]},"header":{"type":"text","text":"Order 1"},"footer":{"text":"Shop"}}""");
    }

    [Fact]
    public async Task AList_GoesOut_AndIsFoundAgain()
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");

        (await client.PostAsync("/messages/interactive", """
            {"phone":"+919587422369","type":"list","body_text":"Which size?","list_button_text":"Sizes",
             "sections":[{"title":"Shirts","rows":[{"id":"m","title":"Medium","description":"100 cm"},{"id":"l","title":"Large"}]}]}
            """)).ShouldBe(HttpStatusCode.OK);

        app.Graph.Calls[^1].Json["interactive"]!["action"]!.ToJsonString().ShouldBe(
            """{"button":"Sizes","sections":[{"title":"Shirts","rows":[{"id":"m","title":"Medium","description":"100 cm"},{"id":"l","title":"Large"}]}]}""");
        (await client.GetAsync("/messages?filter[type]=interactive")).Texts("message").ShouldBe(["Which size?"]);
    }

    [Theory]
    [InlineData("""{"type":"button","body_text":"Well?","header_text":"Order 7","footer_text":"Shop","buttons":[{"id":"y","title":"Yes"},{"id":"n","title":"No"}]}""")]
    [InlineData("""{"type":"list","body_text":"Size?","list_button_text":"Sizes","sections":[{"title":"Adults","rows":[{"id":"s","title":"Small"},{"id":"m","title":"Medium","description":"Chest 100 cm"}]}]}""")]
    [InlineData("""{"type":"cta_url","body_text":"It is on its way.","footer_text":"Shop","button_text":"Track","url":"https://example.com/7"}""")]
    [InlineData("""{"type":"location_request","body_text":"Where are you?"}""")]
    [InlineData("""{"type":"contact_info_request","body_text":"What is your number?"}""")]
    public async Task SentInteractive_IsReadAsItWasSent(string body)
    {
        var (_, client, _) = await NewWriterAsync("+919587422369");
        var request = JsonNode.Parse(body)!.AsObject();
        request["phone"] = "+919587422369";

        var sent = (await client.PostAsync("/messages/interactive", request.ToJsonString())).ShouldBe(HttpStatusCode.OK).Data!;

        var message = (await client.GetAsync($"/messages/{sent["chat_message_id"]}")).ShouldBe(HttpStatusCode.OK).Data!;
        JsonNode.DeepEquals(message["content"], new JsonObject { ["interactive"] = JsonNode.Parse(body) })
            .ShouldBeTrue(message["content"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":"menu"}""", "type", "Type must be either button, list, cta_url, location_request, or contact_info_request")]
    [InlineData("""{"type":"button"}""", "buttons", "There must be 1 to 3 buttons")]
    [InlineData("""{"type":"button","buttons":[]}""", "buttons", "There must be 1 to 3 buttons")]
    [InlineData("""{"type":"button","buttons":{}}""", "buttons", "Must be an array of objects")]
    [InlineData("""{"type":"button","buttons":[1]}""", "buttons", "Must be an array of objects")]
    [InlineData("""{"type":"button","buttons":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}""", "buttons.1.id", "IDs must be unique")]
    [InlineData("""{"type":"button","buttons":[{"id":"a","title":"Yes"},{"id":"b","title":" Yes "}]}""", "buttons.1.title", "Titles must be unique")]
    [InlineData("""{"type":"button","buttons":[{"id":"a","title":"123456789012345678901"}]}""", "buttons.0.title", "Must not be longer than 20 characters")]
    [InlineData("""{"type":"button","buttons":[{"id":5,"title":"A"}]}""", "buttons.0.id", "Must be a string")]
    [InlineData("""{"type":"list"}""", "sections", "There must be 1 to 10 sections")]
    [InlineData("""{"type":"list"}""", "list_button_text", "List button text is required")]
    [InlineData("""{"type":"list","sections":[{"title":"S","rows":[]}]}""", "sections.0.rows", "A section must have at least one row")]
    [InlineData("""{"type":"list","sections":[{"rows":[{"id":"a","title":"A"},{"id":"b"}]}]}""", "sections.0.rows.1.title", "Title is required")]
    [InlineData("""{"type":"list","sections":[{"title":"S","rows":[{"id":"a","title":"A","description":5}]}]}""", "sections.0.rows.0.description", "Must be a string")]
    public async Task Interactive_WithAWrongField_NamesItsPath(string body, string field, string message)
    {
        var (_, client) = await app.NewTenantAsync();
        var json = JsonNode.Parse(body)!.AsObject();
        json["phone"] = "+919587422369";
        json["body_text"] = "Text";

        (await client.PostAsync("/messages/interactive", json.ToJsonString())).ShouldBeInvalid(field).Errors(field).ShouldBe([message]);
    }

    [Fact]
    public async Task Interactive_WithElevenRows_IsInvalid()
    {
        var (_, client) = await app.NewTenantAsync();
        object Section(int from, int count) => new { title = "S", rows = Enumerable.Range(from, count).Select(id => new { id = $"{id}", title = "R" }) };
        object Body(int last) => new { phone = "+919587422369", type = "list", body_text = "T", list_button_text = "B", sections = new[] { Section(0, 6), Section(6, last) } };

        (await client.PostAsync("/messages/interactive", Body(5))).ShouldBeInvalid("sections");
        (await client.PostAsync("/messages/interactive", Body(4))).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
    }

    [Fact]
    public async Task Lists_AreFilteredSortedAndPaged()
    {
        var (tenant, client, contact) = await NewWriterAsync("+919587422369");
        var conversation = await tenant.HearFromAsync(contact, app.Time.GetUtcNow());
        await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                var channel = await db.Channels.SingleAsync();
                db.Messages.AddRange(Enumerable.Range(0, 20).Select(number => new Message
                {
                    ConversationId = conversation.Id,
                    ChannelId = channel.Id,
                    ContactId = contact,
                    Direction = number % 2 == 0 ? MessageDirection.Inbound : MessageDirection.Outbound,
                    Type = number < 15 ? MessageType.Text : MessageType.Image,
                    Status = (MessageStatus)(number % 7),
                    Text = $"Message {number}",
                    CreatedAt = app.Time.GetUtcNow().AddMinutes(number),
                    UpdatedAt = app.Time.GetUtcNow().AddMinutes(-number),
                }));
                await db.SaveChangesAsync();
                return 0;
            },
            CancellationToken.None).OrThrowAsync();

        var page = await client.GetAsync("/messages?per_page=3");
        page.Texts("message").ShouldBe(["Message 19", "Message 18", "Message 17"]);
        ((int)page.Pagination["total"]!).ShouldBe(20);
        (await client.GetAsync("/messages?sort=updated_at&per_page=2&page=2")).Texts("message").ShouldBe(["Message 17", "Message 16"]);
        (await client.GetAsync("/messages?sort=created_at,-updated_at&per_page=1")).Texts("message").ShouldBe(["Message 0"]);
        (await client.GetAsync("/messages?filter[type]=image")).Texts("message").Length.ShouldBe(5);
        (await client.GetAsync("/messages?filter[type][ne]=image&filter[direction]=inbound")).Texts("message").Length.ShouldBe(8);
        (await client.GetAsync("/messages?filter[type][in]=image,video&sort=created_at")).Texts("message")[0].ShouldBe("Message 15");
        (await client.GetAsync("/messages?filter[type][not_in]=text")).Texts("message").Length.ShouldBe(5);
        (await client.GetAsync("/messages?filter[status]=sent&per_page=100")).Texts("status").ShouldAllBe(status => status == "sent");
        (await client.GetAsync("/messages?filter[status][in]=read,failed&per_page=100")).Items.Count.ShouldBe(8);
        (await client.GetAsync("/messages?filter[status][ne]=read&per_page=100")).Items.Count.ShouldBe(15);
        ((int)(await client.GetAsync($"/messages?filter[interaction_id]={conversation.Id}")).Pagination["total"]!).ShouldBe(20);
        (await client.GetAsync("/messages?filter[interaction_id]=999999")).Items.ShouldBeEmpty();
        (await client.GetAsync("/messages?search=message 1")).Items.Count.ShouldBe(11);
        (await client.GetAsync("/messages?filter[status]=lost")).ShouldBeInvalid("filter[status]");
        (await client.GetAsync("/messages?sort=text")).ShouldBeInvalid("sort");
        (await client.GetAsync("/messages?filter[direction]=inbound&per_page=1")).Items[0]!["sender_id"].ShouldBeNull();
    }

    [Fact]
    public async Task AMessageOfAnotherTenant_IsNotFound()
    {
        var (_, theirs, _) = await NewWriterAsync("+919587422369");
        var sent = (await theirs.PostAsync("/messages/text", new { phone = "+919587422369", message = "Secret" })).ShouldBe(HttpStatusCode.OK);
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync($"/messages/{sent.Data!["chat_message_id"]}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.GetAsync($"/messages/{sent.Data["message_id"]}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.GetAsync("/messages/-1")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.GetAsync("/messages")).Items.ShouldBeEmpty();
    }

    private async Task<(TestTenant Tenant, ApiClient Client, long ContactId)> NewWriterAsync(string phone)
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(app.Time, phone);
        app.Graph.AcceptsEverySend();
        return (tenant, client, contact.Id);
    }
}
