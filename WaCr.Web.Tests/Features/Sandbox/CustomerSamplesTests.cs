using System.Text.Json.Nodes;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Sandbox;

namespace WaCr.Web.Tests.Features.Sandbox;

/// <summary>The phone's examples are understood as what they are.</summary>
public sealed class CustomerSamplesTests
{
    private static readonly Dictionary<CustomerSample, Func<MessageContent, bool>> Is = new()
    {
        [CustomerSample.FromAd] = content => content.Referral is { Headline: "Spring sale", SourceType: "ad", SourceUrl: not null },
        [CustomerSample.AboutProduct] = content => content.Product is { ProductId: "KETTLE-2" },
        [CustomerSample.Forwarded] = content => content is { IsForwarded: true, IsForwardedOften: false },
        [CustomerSample.Order] = content => content.Order is { Totals: [{ Amount: 66.5m, Currency: "EUR" }] },
        [CustomerSample.FormAnswers] = content => content.FlowAnswers is [{ Name: "favourite_day", Text: "Monday" }, { Name: "guests" }],
        [CustomerSample.Place] = content => content.Location is { Name: "Vadodara Junction", Address: not null },
        [CustomerSample.ContactCard] = content => content.Cards is [{ Name: "Ben Stone", Company: not null, Phones: [_], Emails: [_] }],
        [CustomerSample.Unknown] = content => content is { UnknownKind: "hologram", Raw: not null },
    };

    public static TheoryData<CustomerSample> Samples => [.. Enum.GetValues<CustomerSample>()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_IsReadAsWhatItIs(CustomerSample sample)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (type, content, _, beside) = CustomerSamples.Of(sample);
        var message = new JsonObject { ["type"] = type, [type] = content };
        foreach (var (name, member) in beside ?? [])
        {
            message[name] = member?.DeepClone();
        }

        await world.TakeInAsync(MetaWebhook.Message("wamid.1", "447700900123", message.ToJsonString(), world.Now));

        if (sample == CustomerSample.InGroup)
        {
            await using var db = world.Tenant.OpenDatabase();
            (await db.GroupMessages.SingleAsync()).Text.ShouldBe("Who comes on Saturday?");
            (await db.Messages.AnyAsync()).ShouldBeFalse();
            return;
        }

        Is[sample](MessageContent.Read((await world.MessageAsync("wamid.1")).Content)).ShouldBeTrue();
    }

    [Theory]
    [OnEachEngine]
    public async Task Sample_StandsOnThePhone(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);

        await sandbox.Phone.SendSampleAsync(sandbox.Line, CustomerSample.FromAd, default).OrThrowAsync();

        (await sandbox.GetScreenAsync()).Messages.ShouldHaveSingleItem().Text.ShouldStartWith("I saw your ad");
        sandbox.Become(Role.Viewer);
        (await sandbox.Phone.SendSampleAsync(sandbox.Line, CustomerSample.FromAd, default)).Error.ShouldBeOfType<ForbiddenError>();
    }
}
