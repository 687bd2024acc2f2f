using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Support;

/// <summary>A WhatsApp for servers of tests: takes what is sent, lists the templates that it was given, and refuses where it is told
/// to.</summary>
internal sealed class PlannedWhatsApp : IWhatsAppClient
{
    private int _sent;

    public ConcurrentQueue<OutboundMessage> Sent { get; } = new();

    /// <summary>What sends answer; null takes them.</summary>
    public AppError? Refusal { get; set; }

    /// <summary>Pages by business account.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<IReadOnlyList<TemplateDescription>>> Templates { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before each page is given, with its number from 0.</summary>
    public Func<int, Task> BeforePage { get; set; } = _ => Task.CompletedTask;

    public AppError? ListRefusal { get; set; }

    /// <summary>New templates, each with its business account.</summary>
    public ConcurrentQueue<(string Account, TemplateSubmission Template)> Submitted { get; } = new();

    /// <summary>Changes of templates in words, as "delete order_update 4711".</summary>
    public ConcurrentQueue<(string What, TemplateEdit? Edit)> Changes { get; } = new();

    /// <summary>What changes of templates answer; null takes them.</summary>
    public AppError? TemplateRefusal { get; set; }

    public TemplateContent LastTemplate => Sent.Last().Content.ShouldBeOfType<TemplateContent>();

    public static TemplateDescription Template(
        long id, string name, string components =
            TestTemplates.OrderComponents, string language = "en", string status = "APPROVED", string category = "UTILITY") => new(
        id.ToString(CultureInfo.InvariantCulture), name, language, status, category, "POSITIONAL", null, JsonElement.Parse(components));

    public Task<Result<AcceptedMessage>> SendAsync(WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        return Task.FromResult<Result<AcceptedMessage>>(
            Refusal is { } refusal
                ? refusal
                : new AcceptedMessage($"wamid.{Guid.NewGuid():N}.{Interlocked.Increment(ref _sent)}", message.To.Phone, null));
    }

    public async Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken)
    {
        var number = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        await BeforePage(number);
        if (ListRefusal is { } refusal)
        {
            return refusal;
        }

        var pages = Templates.GetValueOrDefault(channel.BusinessAccountId) ?? [[]];
        return new TemplatePage(pages[number], number + 1 < pages.Count ? (number + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task<Result<Done>> MarkReadAsync(WhatsAppChannel channel, string messageId, bool typing, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<Done>> BlockAsync(WhatsAppChannel channel, Recipient person, bool blocked, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes,
        CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<TemplateDescription>> FindTemplateAsync(
        WhatsAppChannel channel, string templateId, CancellationToken cancellationToken) =>
        Task.FromResult<Result<TemplateDescription>>(
            Templates.Values.SelectMany(pages => pages)
                .SelectMany(page => page)
                .FirstOrDefault(template => template.Id == templateId) is { } template
                ? template
                : new WhatsAppUnavailable());

    public Task<Result<CreatedTemplate>> CreateTemplateAsync(
        WhatsAppChannel channel, TemplateSubmission template, CancellationToken cancellationToken)
    {
        Submitted.Enqueue((channel.BusinessAccountId, template));
        return Task.FromResult<Result<CreatedTemplate>>(TemplateRefusal is { } refusal
            ? refusal
            : new CreatedTemplate($"{4_000_000_000 + Interlocked.Increment(ref _sent)}", "PENDING", template.Category));
    }

    public Task<Result<Done>> EditTemplateAsync(
        WhatsAppChannel channel, string templateId, TemplateEdit edit,
        CancellationToken cancellationToken) => Change($"edit {templateId}", edit);

    public Task<Result<Done>> DeleteTemplateAsync(
        WhatsAppChannel channel, string name, string? templateId,
        CancellationToken cancellationToken) => Change($"delete {name} {templateId}".TrimEnd());

    public Task<Result<Done>> UnpauseTemplateAsync(WhatsAppChannel channel, string templateId, CancellationToken cancellationToken) =>
        Change($"unpause {templateId}");

    public Task<Result<Done>> ArchiveTemplatesAsync(
        WhatsAppChannel channel, IReadOnlyList<string> templateIds, bool archived, CancellationToken cancellationToken) =>
        Change($"{(archived ? "archive" : "unarchive")} {string.Join(',', templateIds)}");

    public Task<Result<string>> UploadSampleAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken) =>
        Task.FromResult<Result<string>>(TemplateRefusal is { } refusal ? refusal : "4::sample");

    private Task<Result<Done>> Change(string what, TemplateEdit? edit = null)
    {
        Changes.Enqueue((what, edit));
        return Task.FromResult<Result<Done>>(TemplateRefusal is { } refusal ? refusal : default(Done));
    }

    public Task<Result<TokenDescription>> FindTokenAsync(WhatsAppChannel channel, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<AccountDescription>> FindAccountAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<IReadOnlyList<PhoneNumberDescription>>> ListPhoneNumbersAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<Done>> RegisterAsync(WhatsAppChannel channel, string pin, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<BusinessUsername>> FindUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<IReadOnlyList<string>>> SuggestUsernamesAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<Done>> SetUsernameAsync(WhatsAppChannel channel, string username, CancellationToken cancellationToken) =>
        throw Unplanned();

    public Task<Result<Done>> DeleteUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<IReadOnlyList<SubscribedApp>>> ListSubscribedAppsAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<Done>> SubscribeAppAsync(WhatsAppChannel channel, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<MetaAppWebhook>> FindWebhookAsync(WhatsAppApp app, CancellationToken cancellationToken) => throw Unplanned();

    public Task<Result<Done>> SetWebhookAsync(
        WhatsAppApp app, Uri address, string verifyToken, IReadOnlyList<string> fields, CancellationToken cancellationToken) =>
        throw Unplanned();

    private static InvalidOperationException Unplanned() => new("Nobody planned this call to WhatsApp.");
}

/// <summary>The product on each engine with a <see cref="PlannedWhatsApp"/>, started when a test first asks for it. A class
/// fixture.</summary>
public sealed class WhatsAppApps : IAsyncLifetime
{
    private static long _nextNumber = 106_540_000_000_000;

    private readonly Dictionary<DatabaseProvider, TestApp> _apps = [];

    internal PlannedWhatsApp WhatsApp { get; } = new();

    /// <summary>The writes of the server on PostgreSQL.</summary>
    internal WriteCount Writes { get; } = new();

    /// <summary>All that the servers log, down to the least of it.</summary>
    public ConcurrentQueue<string> Logs { get; } = new();

    public async Task<TestApp> OnAsync(DatabaseProvider engine)
    {
        if (!_apps.TryGetValue(engine, out var app))
        {
            app = new TestApp { Engine = engine, More = services => AddServices(services, engine) };
            await app.InitializeAsync();
            _apps.Add(engine, app);
        }

        WhatsApp.Refusal = null;
        WhatsApp.ListRefusal = null;
        WhatsApp.TemplateRefusal = null;
        WhatsApp.BeforePage = _ => Task.CompletedTask;
        return app;
    }

    /// <summary>A channel with an account of its own, whose id this answers.</summary>
    public static async Task<string> ConnectAsync(TestTenant tenant, bool hasAccount = true, bool hasDefaults = true)
    {
        var number = Interlocked.Increment(ref _nextNumber).ToString(CultureInfo.InvariantCulture);
        await tenant.GetFresh<ChannelService>().SaveAsync(
            null,
            new ChannelPatch
            {
                Name = "Sales",
                PhoneNumberId = number,
                BusinessAccountId = hasAccount ? "9" + number : null,
                AccessToken = "token-1",
                DefaultStatusId = hasDefaults ? tenant.StatusId : null,
                DefaultSourceId = hasDefaults ? tenant.SourceId : null,
            },
            CancellationToken.None).OrThrowAsync();
        return "9" + number;
    }

    private void AddServices(IServiceCollection services, DatabaseProvider engine)
    {
        if (engine == DatabaseProvider.PostgreSQL)
        {
            services.AddScoped<PostgresDatabaseWriter>();
            services.AddScoped<IDatabaseWriter>(provider =>
                new CountingWriter(provider.GetRequiredService<PostgresDatabaseWriter>(), Writes));
        }

        services.AddSingleton<IWhatsAppClient>(WhatsApp);
        services.AddSingleton<IInterceptor, TenantInStatements>();
        services.AddSingleton<ILoggerProvider>(new KeepingLogs(Logs));
        services.Configure<LoggerFilterOptions>(options =>
            options.Rules.Add(new LoggerFilterRule(typeof(KeepingLogs).FullName, null, LogLevel.Trace, null)));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await app.DisposeAsync();
        }
    }
}

internal sealed class KeepingLogs(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose() { }
}
