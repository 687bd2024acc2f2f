using WaCr.Web.Features.Messaging;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>A message's content goes to another conversation as a message of ours.</summary>
public sealed class MessageForwarderTests
{
    private const string Ann = "447700900123";
    private const string Ben = "447700900124";
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string, OutboundContent> Forwarded => new()
    {
        { """{"type":"text","text":{"body":"Look at this"}}""", new TextContent("Look at this") },
        { """{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"y","title":"Yes"}}}""", new TextContent("Yes") },
        { """{"type":"order","order":{"product_items":[{"product_retailer_id":"TEA","quantity":2}]}}""", new TextContent("2 × TEA") },
        {
            """{"type":"location","location":{"latitude":22.5,"longitude":73.25,"name":"Shop","address":"Station Road"}}""",
            new LocationContent(22.5m, 73.25m, "Shop", "Station Road")
        },
    };

    [Theory]
    [MemberData(nameof(Forwarded))]
    public async Task Content_GoesToTheOther_AsItIs(string message, OutboundContent sent)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (id, to) = await ReceiveAsync(world, message);

        var forwarded = await ForwardAsync(world, id, to).OrThrowAsync();

        var left = world.WhatsApp.Sent.ShouldHaveSingleItem();
        (left.Content, left.To.Phone).ShouldBe((sent, Ben));
        (await world.MessageAsync(forwarded.Id)).ConversationId.ShouldBe(to);
    }

    [Fact]
    public async Task Card_GoesWithItsNumbers()
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (id, to) = await ReceiveAsync(world, """
            {"type":"contacts","contacts":[{"name":{"formatted_name":"Cem Ak"},"phones":[{"phone":"+44 7700 900321"}],"emails":[{"email":"no address"}]}]}
            """);

        await ForwardAsync(world, id, to).OrThrowAsync();

        var card = world.WhatsApp.Sent.ShouldHaveSingleItem().Content.ShouldBeOfType<ContactsContent>().Cards.ShouldHaveSingleItem();
        (card.Name, card.Phones.ShouldHaveSingleItem().Phone, card.Emails.Count).ShouldBe(("Cem Ak", "+44 7700 900321", 0));
    }

    [Theory, OnEachEngine]
    public async Task File_GoesWithItsCaptionAndName(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnDownload = _ => System.Text.Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n");
        world.WhatsApp.OnUpload = _ => "uploaded";
        var (id, to) = await ReceiveAsync(world, """
            {"type":"document","document":{"id":"77","mime_type":"application/pdf","filename":"prices.pdf","caption":"Our prices"}}
            """);
        await world.FetchFilesAsync();

        await ForwardAsync(world, id, to).OrThrowAsync();

        var file = world.WhatsApp.Sent.ShouldHaveSingleItem().Content.ShouldBeOfType<MediaContent>();
        (file.Kind, file.Caption, file.FileName).ShouldBe((MediaKind.Document, "Our prices", "prices.pdf"));
    }

    [Theory]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"}}""")]
    [InlineData("""{"type":"system","system":{"body":"A notice"}}""")]
    [InlineData("""{"type":"hologram","hologram":{}}""")]
    public async Task WhatCannotBeForwarded_IsRefused(string message)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (id, to) = await ReceiveAsync(world, message);

        (await ForwardAsync(world, id, to)).ShouldBeInvalid()[MessageFields.Message].ShouldBe([MessageForwarder.UnfitError]);
        world.WhatsApp.Sent.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Rules_AreThoseOfTheOtherConversation(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (id, to) = await ReceiveAsync(world, """{"type":"text","text":{"body":"Look at this"}}""");

        await world.TakeInAsync(MetaWebhook.Text("wamid.stop", Ben, "STOP", world.Now));
        (await ForwardAsync(world, id, to)).Error.ShouldBeOfType<ContactOptedOutError>();
        await world.TakeInAsync(MetaWebhook.Text("wamid.start", Ben, "START", world.Now));
        world.Time.Advance(TimeSpan.FromHours(25));
        (await ForwardAsync(world, id, to)).Error.ShouldBeOfType<WindowClosedError>();

        var other = await world.CreateTenantAsync("other");
        (await other.Get<MessageForwarder>().ForwardAsync(id, to, None)).Error.ShouldBe(MessageErrors.NotFound);
        await world.Tenant.SignInAsync(Role.Viewer);
        (await ForwardAsync(world, id, to)).Error.ShouldBeOfType<ForbiddenError>();
        world.WhatsApp.Sent.ShouldBeEmpty();
    }

    /// <summary>Ann's message, and the conversation with Ben to forward it to.</summary>
    private static async Task<(long Message, long To)> ReceiveAsync(MessagingWorld world, string message)
    {
        world.WhatsApp.AcceptAll();
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Ann, message, world.Now));
        return ((await world.MessageAsync("wamid.1")).Id, await world.OpenConversationAsync(Ben));
    }

    private static Task<Result<SentMessage>> ForwardAsync(MessagingWorld world, long message, long to) =>
        world.Tenant.GetFresh<MessageForwarder>().ForwardAsync(message, to, None);
}
