using System.Collections.Concurrent;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Support;

/// <summary>A WhatsApp that answers as the test says; what nobody planned throws.</summary>
internal sealed class FakeWhatsApp : IWhatsAppClient
{
    public const string AppId = "5001";

    private int _sent;

    public ConcurrentQueue<OutboundMessage> Sent { get; } = new();

    public Func<OutboundMessage, Task<Result<AcceptedMessage>>>? OnSend { get; set; }

    /// <summary>What is at a file's id.</summary>
    public Func<string, Result<byte[]>>? OnDownload { get; set; }

    /// <summary>What WhatsApp tells of the number.</summary>
    public Func<WhatsAppChannel, Result<PhoneNumberDescription>>? OnFind { get; set; }

    public Func<WhatsAppChannel, Result<TokenDescription>> OnToken { get; set; } =
        _ => new TokenDescription(AppId, "App", true, null, TokenDescription.NeededScopes);

    public Result<AccountDescription> Account { get; set; } = new AccountDescription("1", "Shop", "APPROVED", "3001");

    /// <summary>The account's numbers; null: the channel's own.</summary>
    public Func<Result<IReadOnlyList<PhoneNumberDescription>>>? OnNumbers { get; set; }

    public Result<IReadOnlyList<SubscribedApp>> Apps { get; set; } = new List<SubscribedApp> { new(AppId, "App") };

    public Result<MetaAppWebhook> Webhook { get; set; } = new MetaAppWebhook(null, true, WebhookFields.Understood);

    public Result<BusinessUsername> Username { get; set; } = new BusinessUsername(null, null);

    /// <summary>Registrations and subscriptions, in words.</summary>
    public ConcurrentQueue<string> Repairs { get; } = new();

    /// <summary>What repairs answer; null takes them.</summary>
    public AppError? RepairRefusal { get; set; }

    public string NextWamid() => $"wamid.out.{Interlocked.Increment(ref _sent)}";

    /// <summary>Takes whatever is sent.</summary>
    public void AcceptAll() =>
        OnSend = message => Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage(NextWamid(), message.To.Phone, message.To.UserId));

    public void Answer(AppError error) => OnSend = _ => Task.FromResult<Result<AcceptedMessage>>(error);

    public Task<Result<AcceptedMessage>> SendAsync(WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        return OnSend is { } answer ? answer(message) : throw Unplanned();
    }

    public async Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes, CancellationToken cancellationToken)
    {
        var found = (OnDownload ?? throw Unplanned())(mediaId);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        await target.WriteAsync(found.Value, cancellationToken);
        return new MediaDescription(mediaId, new Uri("https://files.example/1"), "image/png", null, found.Value.Length);
    }

    /// <summary>What was marked read, and whether it said that somebody writes.</summary>
    public ConcurrentQueue<(string MessageId, bool Typing)> Receipts { get; } = new();

    public Func<Recipient, bool, Result<Done>>? OnBlock { get; set; }

    public Task<Result<Done>> MarkReadAsync(WhatsAppChannel channel, string messageId, bool typing, CancellationToken cancellationToken)
    {
        Receipts.Enqueue((messageId, typing));
        return Task.FromResult<Result<Done>>(default(Done));
    }

    public Task<Result<Done>> BlockAsync(WhatsAppChannel channel, Recipient person, bool blocked, CancellationToken cancellationToken) =>
        Task.FromResult((OnBlock ?? throw Unplanned())(person, blocked));

    /// <summary>The id that WhatsApp gives to a file.</summary>
    public Func<MediaUpload, Result<string>>? OnUpload { get; set; }

    public Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken) =>
        Task.FromResult((OnUpload ?? throw Unplanned())(upload));

    public Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        Task.FromResult((OnFind ?? throw Unplanned())(channel));

    public Task<Result<TemplateDescription>> FindTemplateAsync(
        WhatsAppChannel channel, string templateId, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<CreatedTemplate>> CreateTemplateAsync(
        WhatsAppChannel channel, TemplateSubmission template, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<Done>> EditTemplateAsync(
        WhatsAppChannel channel, string templateId, TemplateEdit edit, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<Done>> DeleteTemplateAsync(
        WhatsAppChannel channel, string name, string? templateId, CancellationToken cancellationToken) => throw Unplanned();

    /// <summary>Answers a change of a template's state, such as <c>unpause 123</c>.</summary>
    public Func<string, Result<Done>>? OnTemplate { get; set; }

    public Task<Result<Done>> UnpauseTemplateAsync(WhatsAppChannel channel, string templateId, CancellationToken cancellationToken) =>
        Task.FromResult((OnTemplate ?? throw Unplanned())("unpause " + templateId));

    public Task<Result<Done>> ArchiveTemplatesAsync(
        WhatsAppChannel channel, IReadOnlyList<string> templateIds, bool archived, CancellationToken cancellationToken) =>
        Task.FromResult((OnTemplate ?? throw Unplanned())($"{(archived ? "archive" : "unarchive")} {string.Join(',', templateIds)}"));

    public Task<Result<string>> UploadSampleAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<TokenDescription>> FindTokenAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        Task.FromResult(OnToken(channel));

    public Task<Result<AccountDescription>> FindAccountAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        Task.FromResult(Account);

    public Task<Result<IReadOnlyList<PhoneNumberDescription>>> ListPhoneNumbersAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken) => Task.FromResult(
            OnNumbers?.Invoke() ?? new List<PhoneNumberDescription> { new(channel.PhoneNumberId, null, null, null) });

    public Task<Result<Done>> RegisterAsync(WhatsAppChannel channel, string pin, CancellationToken cancellationToken) => Do("register " + pin);

    public Task<Result<BusinessUsername>> FindUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        Task.FromResult(Username);

    public Task<Result<IReadOnlyList<string>>> SuggestUsernamesAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<string>>>(new[] { "shop", "shop.chat" });

    public async Task<Result<Done>> SetUsernameAsync(WhatsAppChannel channel, string username, CancellationToken cancellationToken)
    {
        var done = await Do("username " + username);
        Username = done.Succeeded ? new BusinessUsername(username, "reserved") : Username;
        return done;
    }

    public async Task<Result<Done>> DeleteUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        var done = await Do("no username");
        Username = done.Succeeded ? new BusinessUsername(null, null) : Username;
        return done;
    }

    public Task<Result<IReadOnlyList<SubscribedApp>>> ListSubscribedAppsAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken) => Task.FromResult(Apps);

    public Task<Result<Done>> SubscribeAppAsync(WhatsAppChannel channel, CancellationToken cancellationToken) => Do("subscribe");

    public Task<Result<MetaAppWebhook>> FindWebhookAsync(WhatsAppApp app, CancellationToken cancellationToken) => Task.FromResult(Webhook);

    public Task<Result<Done>> SetWebhookAsync(
        WhatsAppApp app, Uri address, string verifyToken, IReadOnlyList<string> fields, CancellationToken cancellationToken) =>
        Do($"webhook {app.Id} {address} {verifyToken} {fields.Count}");

    private Task<Result<Done>> Do(string what)
    {
        Repairs.Enqueue(what);
        return Task.FromResult<Result<Done>>(RepairRefusal is { } refusal ? refusal : default(Done));
    }

    private static InvalidOperationException Unplanned() => new("Nobody planned this call to WhatsApp.");
}
