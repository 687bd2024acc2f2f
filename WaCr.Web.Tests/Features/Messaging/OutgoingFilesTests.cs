using System.Text;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class OutgoingFilesTests
{
    [Theory, OnEachEngine]
    public async Task FileNameThatIsTooLong_LosesItsBeginning_AtAWholeCharacter(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        world.WhatsApp.OnUpload = _ => "uploaded";
        await world.OpenConversationAsync();
        using var file = new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"));
        var name = string.Concat(Enumerable.Repeat("😀", MessageMedia.FileNameMaxLength)) + "aa.pdf";

        var sent = await world.Tenant.GetFresh<MessageSender>().SendAsync(
            new SendMedia
            {
                MediaType = "document",
                ContactId = (await world.ConversationAsync()).ContactId,
                File = new FileInput(file, name),
            },
            CancellationToken.None).OrThrowAsync();

        await using var db = world.Tenant.OpenDatabase();
        var kept = (await db.MessageMedia.SingleAsync(media => media.MessageId == sent.Id)).FileName.ShouldNotBeNull();
        kept.ShouldStartWith("😀");
        kept.ShouldEndWith("😀aa.pdf");
        kept.Length.ShouldBe(MessageMedia.FileNameMaxLength - 1);
    }
}
