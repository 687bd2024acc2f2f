using WaCr.Web.Features.QuickReplies;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.QuickReplies;

public sealed class QuickReplyTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task QuickReplies_AreWritten_Changed_AndDeleted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var replies = tenant.Get<QuickReplyService>();

        var hours = await replies.SaveAsync(null, " /Hours ", "Nine to five, @{contact_first_name}", None).OrThrowAsync();
        await replies.SaveAsync(null, "address", "Main Street 1", None).OrThrowAsync();
        await replies.SaveAsync(hours.Id, "hours", "Ten to six", None).OrThrowAsync();

        (await replies.ListAsync(None).OrThrowAsync())
            .Select(reply => (reply.Shortcut, reply.Text))
            .ShouldBe([("address", "Main Street 1"), ("hours", "Ten to six")]);
        await replies.DeleteAsync(hours.Id, None).OrThrowAsync();
        (await replies.DeleteAsync(hours.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await replies.SaveAsync(hours.Id, "hours", "Again", None)).Error.ShouldBeOfType<NotFoundError>();
        (await replies.ListAsync(None).OrThrowAsync()).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task QuickReply_SaysWhatIsWrong(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var replies = (await world.CreateTenantAsync()).Get<QuickReplyService>();
        await replies.SaveAsync(null, "hours", "Nine to five", None).OrThrowAsync();

        (await replies.SaveAsync(null, "/", " ", None))
            .ShouldBeInvalid()
            .Select(error => error.Value[0])
            .ShouldBe([QuickReplyErrors.ShortcutRequired, QuickReplyErrors.TextRequired]);
        (await replies.SaveAsync(null, "two words", "x", None))
            .ShouldBeInvalid()[QuickReplyFields.Shortcut]
            .ShouldBe([QuickReplyErrors.ShortcutInvalid]);
        (await replies.SaveAsync(null, "HOURS", "x", None))
            .ShouldBeInvalid()[QuickReplyFields.Shortcut]
            .ShouldBe([QuickReplyErrors.ShortcutTaken]);
        (await replies.SaveAsync(null, "x", new string('x', QuickReply.TextMaxLength + 1), None)).ShouldBeInvalid().Any.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task AnAgent_UsesThem_AndAnotherTenantSeesNone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (tenant, other) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("other"));
        var hours = await tenant.Get<QuickReplyService>().SaveAsync(null, "hours", "Nine to five", None).OrThrowAsync();

        (await other.Get<QuickReplyService>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
        (await other.Get<QuickReplyService>().SaveAsync(hours.Id, "mine", "x", None)).Error.ShouldBeOfType<NotFoundError>();
        (await other.Get<QuickReplyService>().DeleteAsync(hours.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        await other.Get<QuickReplyService>().SaveAsync(null, "hours", "The same word", None).OrThrowAsync();

        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.User, 1, "Asha", ChangeOrigin.App, RolePermissions.Of(Role.Agent)));
        (await tenant.Get<QuickReplyService>().ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem().Text.ShouldBe("Nine to five");
        (await tenant.Get<QuickReplyService>().SaveAsync(null, "x", "x", None)).Error.ShouldBeOfType<ForbiddenError>();
        (await tenant.Get<QuickReplyService>().DeleteAsync(hours.Id, None)).Error.ShouldBeOfType<ForbiddenError>();
    }
}
