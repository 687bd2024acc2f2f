using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class ContactLanguageApiTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Language_IsWrittenReadFilteredAndCleared()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var created = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("language", "pt-br"))))
            .ShouldBe(HttpStatusCode.Created);
        ((string)created.Data!["language"]!).ShouldBe("pt-BR");
        (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).ShouldBe(HttpStatusCode.Created);

        (await client.GetAsync("/contacts?filter[language]=pt-BR&fields=id,language")).Items.ShouldHaveSingleItem()!["language"]!.ToString()
            .ShouldBe("pt-BR");
        (await client.GetAsync("/contacts?filter[language][null]=true")).Items.Count.ShouldBe(1);

        var cleared = await client.PatchAsync($"/contacts/{created.Id}", new JsonObject { ["language"] = null });
        cleared.Data!["language"].ShouldBeNull();
    }

    [Theory]
    [InlineData("\"Brazilian\"", "The language must be a BCP 47 tag, such as pt-BR or ar")]
    [InlineData("5", "Must be a string")]
    public async Task Language_ThatIsNoTag_IsNamed(string value, string message)
    {
        var (tenant, client) = await app.NewTenantAsync();

        var reply = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("language", JsonNode.Parse(value))))).ShouldBeInvalid();

        reply.Errors("language").ShouldBe([message]);
    }
}
