using WaCr.Web.Features.Campaigns;

namespace WaCr.Web.Tests.Features.Campaigns;

public sealed class TemplateUseTests
{
    [Theory, OnEachEngine]
    public async Task TemplateThatWasNotSentFor11Months_IsIdle_WhateverWasWritten(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.Tenant.AddTemplateAsync("used");
        await world.Tenant.AddTemplateAsync("unused");
        await world.Tenant.AddTemplateAsync("held");
        await world.Tenant.AddTemplateAsync("failed");
        await world.Tenant.AddTemplateAsync("paused", status: "PAUSED");
        (await ListAsync(world)).ShouldBeEmpty();
        var conversation = await world.OpenConversationAsync();

        world.Time.Advance(TimeSpan.FromDays(340));
        await AddAsync(world, conversation, "used", MessageStatus.Sent, OutboxState.Sent);
        await AddAsync(world, conversation, "held", MessageStatus.Pending, OutboxState.Held);
        await AddAsync(world, conversation, "failed", MessageStatus.Failed, OutboxState.Dead);

        (await ListAsync(world)).ShouldBe(["failed", "held", "unused"]);
    }

    private static async Task<IEnumerable<string>> ListAsync(MessagingWorld world) =>
        (await world.Tenant.GetFresh<TemplateUseQueries>().ListIdleAsync(default).OrThrowAsync()).Select(template => template.Name);

    private static async Task AddAsync(MessagingWorld world, long conversation, string template, MessageStatus status, OutboxState state)
    {
        var contactId = (await world.ConversationAsync()).ContactId;
        var message = Message.Outgoing(conversation, world.ChannelId, contactId, MessageType.Template);
        (message.TemplateName, message.TemplateLanguage, message.Status, message.State) = (template, "en", status, state);
        await using var db = world.Tenant.OpenDatabase();
        db.Messages.Add(message);
        await db.SaveChangesAsync();
    }
}
