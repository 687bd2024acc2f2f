using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

/// <summary>A simulated customer's phone for trying the product: reads its screen and performs its actions.</summary>
internal sealed class CustomerPhone(
    SandboxAccess access, IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, SandboxPhone? phone = null)
{
    public const int MaxFileBytes = 16 * 1024 * 1024;
    private const int MaxPeople = 12;
    private const string SamplePlace = "Vadodara Junction";
    private const string SampleName = "Me";

    public async Task<Result<SandboxTable>> OpenAsync(CancellationToken cancellationToken)
    {
        var numbers = await access.ListAsync(cancellationToken);
        if (!numbers.Succeeded)
        {
            return numbers.Error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = await db.Conversations.Where(c => c.WaId != null)
            .OrderByDescending(c => c.LastMessageAt)
            .ThenByDescending(c => c.Id)
            .Take(MaxPeople)
            .Select(c => new
            {
                c.WaId,
                Name = db.Contacts.Where(contact => contact.Id == c.ContactId)
                    .Select(contact => contact.FirstName + " " + contact.LastName)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return new SandboxTable(
            numbers.Value,
            [
                .. people.DistinctBy(person => person.WaId)
                    .Select(person => new SandboxPersonItem("+" + person.WaId, person.Name?.Trim() ?? ""))
            ]);
    }

    public Task<Result<PhoneScreen>> GetScreenAsync(PhoneLine line, CancellationToken cancellationToken) => OnChatAsync<PhoneScreen>(
        line,
        async (console, waId) =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var known = await Conversations(db, line.PhoneNumberId, waId, UserIdOf(console, line, waId))
                .Select(c => new
                {
                    c.Id,
                    c.ContactId,
                    Name = db.Contacts.Where(contact => contact.Id == c.ContactId)
                        .Select(contact => contact.FirstName + " " + contact.LastName)
                        .FirstOrDefault(),
                })
                .FirstOrDefaultAsync(cancellationToken);
            return console.Read(world => PhoneScreens.Read(world, line.PhoneNumberId, waId, known?.Name?.Trim(), known?.Id, known?.ContactId));
        },
        cancellationToken);

    /// <param name="name">WhatsApp name of a new person; null lets the sandbox choose.</param>
    public Task<Result<Done>> WriteAsync(PhoneLine line, string text, string? replyTo, string? name, CancellationToken cancellationToken) =>
        OnPhoneAsync(
            line,
            (phone, chat) =>
            {
                if (text.Trim() is not { Length: > 0 and <= Message.TextMaxLength } said)
                {
                    return new ValidationError("text", SandboxErrors.TextTooLong);
                }

                if (!string.IsNullOrWhiteSpace(name))
                {
                    phone.ChangeProfile(chat, name.Trim(), null);
                }

                return Said(phone.Write(chat, said, replyTo));
            },
            cancellationToken);

    public Task<Result<Done>> SendAsync(PhoneLine line, PhoneUpload file, CancellationToken cancellationToken)
    {
        var type = MediaRules.TypeOf(file.ContentType) ?? "document";
        return MediaRules.Check(file.ContentType, file.Bytes.Length) is null
            ? OnPhoneAsync(
                line,
                (phone, chat) => Said(phone.Send(chat, new SandboxFile(type, file.ContentType, file.Bytes, file.Caption, file.FileName))),
                cancellationToken)
            : Task.FromResult<Result<Done>>(new ValidationError("file", SandboxErrors.FileUnfit));
    }

    public Task<Result<Done>> ChooseAsync(PhoneLine line, string messageId, string choice, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => Said(phone.Choose(chat, messageId, choice)), cancellationToken);

    /// <param name="emoji">Null removes the reaction.</param>
    public Task<Result<Done>> ReactAsync(PhoneLine line, string messageId, string? emoji, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => Said(phone.React(chat, messageId, emoji)), cancellationToken);

    public Task<Result<Done>> EditAsync(PhoneLine line, string messageId, string text, CancellationToken cancellationToken) => OnPhoneAsync(
        line,
        (phone, chat) => text.Trim() is { Length: > 0 and <= Message.TextMaxLength } said
            ? Said(phone.Edit(chat, messageId, said))
            : new ValidationError("text", SandboxErrors.TextTooLong),
        cancellationToken);

    /// <summary>Deletes a message of the customer for everyone.</summary>
    public Task<Result<Done>> RevokeAsync(PhoneLine line, string messageId, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => Said(phone.Revoke(chat, messageId)), cancellationToken);

    /// <summary>Answers a request for the location with a sample place.</summary>
    public Task<Result<Done>> ShareLocationAsync(PhoneLine line, string messageId, CancellationToken cancellationToken) => OnPhoneAsync(
        line,
        (phone, chat) => Said(phone.Say(
            chat, "location", new JsonObject
            {
                ["latitude"] = 22.3072,
                ["longitude"] = 73.1812,
                ["name"] = SamplePlace,
            }, SamplePlace, messageId)),
        cancellationToken);

    /// <summary>Answers a request for the number with a card of the person's own.</summary>
    public Task<Result<Done>> ShareNumberAsync(PhoneLine line, string messageId, CancellationToken cancellationToken) => OnPhoneAsync(
        line,
        (phone, chat) => Said(phone.Say(
            chat, "contacts", new JsonArray(new JsonObject
            {
                ["name"] = new JsonObject { ["formatted_name"] = SampleName, ["first_name"] = SampleName },
                ["phones"] = new JsonArray(new JsonObject { ["phone"] = chat.Customer, ["type"] = "CELL" }),
            }), chat.Customer, messageId)),
        cancellationToken);

    /// <summary>Sends an example of what people send beside texts and files.</summary>
    public Task<Result<Done>> SendSampleAsync(PhoneLine line, CustomerSample sample, CancellationToken cancellationToken) => OnPhoneAsync(
        line,
        (phone, chat) =>
        {
            var (type, content, text, beside) = CustomerSamples.Of(sample);
            return Said(phone.Say(chat, type, content, text, null, beside));
        },
        cancellationToken);

    /// <summary>Calls the business, which does not answer.</summary>
    public Task<Result<Done>> CallAsync(PhoneLine line, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => phone.Ring(chat), cancellationToken);

    public Task<Result<int>> ReadAsync(PhoneLine line, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => phone.Read(chat), cancellationToken);

    public Task<Result<Done>> BlockAsync(PhoneLine line, bool blocked, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => phone.Block(chat, blocked), cancellationToken);

    public Task<Result<Done>> GoOfflineAsync(PhoneLine line, bool offline, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => phone.GoOffline(chat, offline), cancellationToken);

    /// <param name="wanted">Whether marketing messages are wanted, as set by WhatsApp's own switch.</param>
    public Task<Result<Done>> PreferAsync(PhoneLine line, bool wanted, CancellationToken cancellationToken) =>
        OnPhoneAsync(line, (phone, chat) => phone.Prefer(chat, wanted), cancellationToken);

    /// <summary>Lets 24 hours pass for this chat only: sandbox and workspace both move the customer's last message back.</summary>
    public async Task<Result<Done>> AdvanceOneDayAsync(PhoneLine line, CancellationToken cancellationToken)
    {
        var aged = await OnPhoneAsync(line, (phone, chat) => phone.Age(chat, Conversation.ServiceWindow), cancellationToken);
        if (!aged.Succeeded)
        {
            return aged.Error;
        }

        var userId = await OnChatAsync<string?>(line, (console, who) => Task.FromResult<Result<string?>>(UserIdOf(console, line, who)), cancellationToken);
        var waId = aged.Value.WaId;
        return await writer.WriteAsync<Done>(
            async db =>
            {
                var conversations = await Conversations(db, line.PhoneNumberId, waId, userId.Value).AsTracking().ToListAsync();
                foreach (var conversation in conversations)
                {
                    conversation.LastInboundAt -= Conversation.ServiceWindow;
                }

                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>A file sent or received on one of the workspace's numbers.</summary>
    public async Task<Result<PhoneFileContent>> OpenFileAsync(string phoneNumberId, string id, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        var account = entered.Value.FindNumber(phoneNumberId)?.BusinessAccountId;
        return entered.Value.Read(world => world.Files.Find(id, world.Clock.Now)) is { } file && file.BusinessAccountId == account
            ? new PhoneFileContent(file.Bytes, file.MimeType)
            : SandboxErrors.NotFound;
    }

    /// <summary>Calls back on any change in the sandbox, on any thread, until the result is disposed.</summary>
    public IDisposable? Watch(Action callback) => access.Watch(callback);

    // Who hides the number is known to the workspace by this alone.
    private static string? UserIdOf(SandboxConsole console, PhoneLine line, string waId) => console.Read(world =>
        world.People.Find(waId) is { } person && world.FindNumber(line.PhoneNumberId) is { } number
            ? world.People.UserIdOf(person, number.BusinessAccountId)
            : null);

    private static IQueryable<Conversation> Conversations(AppDbContext db, string phoneNumberId, string waId, string? userId) =>
        from identity in db.ChannelIdentities
        join channel in db.Channels on identity.ChannelId equals channel.Id
        join conversation in db.Conversations on new { identity.ContactId, identity.ChannelId } equals new
        {
            conversation.ContactId,
            conversation.ChannelId,
        }
        where channel.PhoneNumberId == phoneNumberId && (identity.WaId == waId || (userId != null && identity.UserId == userId))
        select conversation;

    private static Result<Done> Said(Result<SandboxMessage> message) => message.Succeeded ? default(Done) : message.Error;

    private Task<Result<T>> OnPhoneAsync<T>(
        PhoneLine line, Func<SandboxPhone, SandboxChat, Result<T>> act, CancellationToken cancellationToken) =>
        OnChatAsync(line, (_, waId) => Task.FromResult(act(phone!, new SandboxChat(line.PhoneNumberId, waId))), cancellationToken);

    private async Task<Result<T>> OnChatAsync<T>(
        PhoneLine line, Func<SandboxConsole, string, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(line.PhoneNumberId, cancellationToken);
        return !entered.Succeeded ? entered.Error
            : WaIds.Digits(line.Customer) is { } digits ? await work(entered.Value, WaIds.Of(digits))
            : new ValidationError("customer", SandboxErrors.PhoneInvalid);
    }
}
