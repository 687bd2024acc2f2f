using System.Text;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Tests.Features.Files;

public sealed class FileNameTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("Rechnung Müller.pdf", "%PDF-1.7 a", "attachment", "Rechnung Müller.pdf")]
    [InlineData("فاتورة 😀.pdf", "%PDF-1.7 b", "attachment", "فاتورة 😀.pdf")]
    [InlineData("..\\..\\a\"b<c>.pdf", "%PDF-1.7 c", "attachment", "abc.pdf")]
    [InlineData(null, "%PDF-1.7 d", "attachment", "file-{id}.pdf")]
    public async Task File_IsSavedUnderTheNameThatItWasSentAs(string? given, string bytes, string kind, string name)
    {
        var tenant = await app.CreateTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var conversation = await tenant.HearFromAsync((await tenant.CreateContactAsync()).Id, app.Time.GetUtcNow());
        await using var draft = tenant.Get<FileStore>().OpenDraft();
        await draft.WriteAsync(Encoding.ASCII.GetBytes(bytes));
        var stored = await tenant.Get<FileStore>().KeepAsync(draft, given, default);
        await using var db = tenant.OpenDatabase();
        var file = new MediaFile
        {
            Hash = stored.Hash,
            Size = stored.Size,
            ContentType = "application/pdf",
            CreatedAt = app.Time.GetUtcNow(),
        };
        var (message, other) = (NewMessage(conversation, app.Time.GetUtcNow()), NewMessage(conversation, app.Time.GetUtcNow()));
        db.AddRange(file, message, other);
        await db.SaveChangesAsync();
        db.AddRange(
            new MessageMedia { MessageId = message.Id, MediaFileId = file.Id, State = MediaState.Stored, FileName = given },
            new MessageMedia { MessageId = other.Id, MediaFileId = file.Id, State = MediaState.Stored, FileName = "another.pdf" });
        await db.SaveChangesAsync();
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Agent);

        using var answer = await staff.GetAsync($"/files/{file.Id}?message={message.Id}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue(); // not to be read after a sign-out on a shared computer
        var disposition = answer.Content.Headers.ContentDisposition!;
        (disposition.DispositionType, disposition.FileNameStar)
            .ShouldBe((kind, name.Replace("{id}", $"{file.Id}", StringComparison.Ordinal)));
    }

    private static Message NewMessage(Conversation conversation, DateTimeOffset at) => new()
    {
        ConversationId = conversation.Id,
        ChannelId = conversation.ChannelId,
        ContactId = conversation.ContactId,
        Type = MessageType.Document,
        CreatedAt = at,
        UpdatedAt = at,
    };
}
