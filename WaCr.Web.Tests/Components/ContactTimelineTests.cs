using Bunit;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Live;

namespace WaCr.Web.Tests.Components;

public sealed class ContactTimelineTests : ComponentTest
{
    [Fact]
    public async Task WhatWasSaid_StandsAmongTheChanges_AndLeadsToTheConversation()
    {
        var (contact, conversation) = await TalkAsync("Where is my order?");
        var timeline = await ShowAsync(contact);
        timeline.WaitForElement($".timeline a.said[href='/conversations/{conversation}']").TextContent.ShouldBe("Where is my order?");
        timeline.Find(".timeline ol").TextContent.ShouldContain("added the contact");

        await timeline.FindAll(".kinds button")[1].ClickAsync(new());
        timeline.WaitForAssertion(() => timeline.Find(".timeline ol").TextContent.ShouldNotContain("added the contact"));
        await timeline.FindAll(".kinds button")[4].ClickAsync(new());
        timeline.WaitForElement(".consent").TextContent.ShouldBe("Can receive messages.");
    }

    [Fact]
    public async Task AMessageThatArrives_StandsThereAtOnce()
    {
        var (contact, conversation) = await TalkAsync("Hello");
        var timeline = await ShowAsync(contact);
        timeline.WaitForElement(".timeline a.said");

        await SayAsync(contact, conversation, "And the invoice?");
        Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Conversation, Tenant.Id, conversation)]);
        timeline.WaitForAssertion(() => timeline.Find(".timeline a.said").TextContent.ShouldBe("And the invoice?"));
    }

    private async Task<IRenderedComponent<ContactTimeline>> ShowAsync(long id)
    {
        var contact = await Tenant.ContactQueries.GetAsync(id, ContactIncludes.All, CancellationToken.None).OrThrowAsync();
        var choices = await Browser.Services.GetRequiredService<ContactChoicesLoader>().LoadAsync(CancellationToken.None).OrThrowAsync();
        return Browser.Render<ContactTimeline>(set => set.Add(t => t.Contact, contact).Add(t => t.Choices, choices));
    }

    private async Task<(long Contact, long Conversation)> TalkAsync(string text)
    {
        var contact = (await Tenant.CreateContactAsync()).Id;
        var conversation = await Tenant.Get<IDatabaseWriter>().WriteAsync<Conversation>(
            async db =>
            {
                var channel = db.Channels.Add(new Channel { Name = "Shop", PhoneNumberId = "100200300" }).Entity;
                await db.SaveChangesAsync();
                var added = db.Conversations.Add(
                    new Conversation { ChannelId = channel.Id, ContactId = contact, LastMessageAt = TestClock.Start }).Entity;
                await db.SaveChangesAsync();
                return added;
            },
            default).OrThrowAsync();
        await SayAsync(contact, conversation.Id, text);
        return (contact, conversation.Id);
    }

    private async Task SayAsync(long contact, long conversation, string text) => await Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
        async db =>
        {
            var channel = db.Channels.Select(known => known.Id).First();
            db.Messages.Add(
                new Message
                {
                    ConversationId = conversation,
                    ContactId = contact,
                    ChannelId = channel,
                    Direction = MessageDirection.Inbound,
                    Status = MessageStatus.Delivered,
                    Text = text,
                });
            return await db.SaveChangesAsync();
        },
        default).OrThrowAsync();
}
