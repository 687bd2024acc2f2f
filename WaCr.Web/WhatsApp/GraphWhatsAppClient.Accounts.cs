using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp;

/// <summary>Numbers, accounts, tokens and webhooks: what a connection is made of.</summary>
internal sealed partial class GraphWhatsAppClient
{
    private const string ShortPhoneFields = "id,display_phone_number,verified_name,quality_rating";
    private const string PhoneFields = ShortPhoneFields
        + ",status,platform_type,name_status,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration,health_status";
    private const string AccountFields = "id,name,account_review_status,owner_business_info";
    private const string AccountObject = "whatsapp_business_account";
    private const int NumbersPerPage = 100;

    public async Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        var full = await FindPhoneNumberAsync(channel, PhoneFields, cancellationToken);

        // A version that lacks one of the fields refuses them all; without them the number is known, too.
        return full.Error is WhatsAppRefused { IsOfSomethingUnknown: true }
            ? await FindPhoneNumberAsync(channel, ShortPhoneFields, cancellationToken)
            : full;
    }

    public async Task<Result<TokenDescription>> FindTokenAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = calls.Request(
            HttpMethod.Get, $"debug_token?input_token={Uri.EscapeDataString(channel.AccessToken)}", channel, repeatable: true);
        return Map(await calls.AskAsync<GraphWire.Debugged>(request, cancellationToken), answer => new TokenDescription(
            answer.Data.AppId, answer.Data.Application, answer.Data.IsValid,
            answer.Data.ExpiresAt > 0 && answer.Data.ExpiresAt <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(answer.Data.ExpiresAt)
                : null,
            answer.Data.Scopes ?? []));
    }

    public async Task<Result<AccountDescription>> FindAccountAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = calls.Request(
            HttpMethod.Get, $"{Path(channel.BusinessAccountId)}?fields={AccountFields}", channel, repeatable: true);
        return Map(await calls.AskAsync<GraphWire.Account>(request, cancellationToken), account =>
            new AccountDescription(account.Id, account.Name, account.AccountReviewStatus, account.OwnerBusinessInfo.Text("id")));
    }

    public async Task<Result<IReadOnlyList<PhoneNumberDescription>>> ListPhoneNumbersAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = calls.Request(
            HttpMethod.Get, $"{Path(channel.BusinessAccountId, "phone_numbers")}?fields={ShortPhoneFields}&limit={NumbersPerPage}", channel,
            repeatable: true);
        return Map(
            await calls.AskAsync<GraphWire.Listed<GraphWire.Phone>>(request, cancellationToken),
            page => (IReadOnlyList<PhoneNumberDescription>)[.. page.Data.Select(DescriptionOf)]);
    }

    public Task<Result<Done>> RegisterAsync(WhatsAppChannel channel, string pin, CancellationToken cancellationToken)
    {
        // WhatsApp allows ten registrations in three days and counts wrong PINs, so it is never repeated by itself.
        var body = new JsonObject { ["messaging_product"] = "whatsapp", ["pin"] = pin };
        return DoAsync(
            calls.Request(HttpMethod.Post, Path(channel.PhoneNumberId, "register"), channel, JsonContent.Create(body)), cancellationToken);
    }

    public async Task<Result<IReadOnlyList<SubscribedApp>>> ListSubscribedAppsAsync(
        WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = calls.Request(
            HttpMethod.Get, Path(channel.BusinessAccountId, "subscribed_apps"), channel, repeatable: true);
        return Map(
            await calls.AskAsync<GraphWire.Listed<GraphWire.Subscriber>>(request, cancellationToken),
            page => (IReadOnlyList<SubscribedApp>)[.. page.Data.Select(app => new SubscribedApp(
                app.WhatsappBusinessApiData.Text("id") ?? "", app.WhatsappBusinessApiData.Text("name")))]);
    }

    public Task<Result<Done>> SubscribeAppAsync(WhatsAppChannel channel, CancellationToken cancellationToken) => DoAsync(
        calls.Request(
            HttpMethod.Post, Path(channel.BusinessAccountId, "subscribed_apps"), channel, JsonContent.Create(new JsonObject()),
            repeatable: true),
        cancellationToken);

    public async Task<Result<MetaAppWebhook>> FindWebhookAsync(WhatsAppApp app, CancellationToken cancellationToken)
    {
        using var request = calls.Request(HttpMethod.Get, Path(app.Id, "subscriptions"), AccessOf(app), repeatable: true);
        return Map(
            await calls.AskAsync<GraphWire.Listed<GraphWire.Subscription>>(request, cancellationToken),
            page => page.Data.FirstOrDefault(subscription => subscription.Object == AccountObject) is { } found
                ? new MetaAppWebhook(found.CallbackUrl, found.Active, [.. FieldsOf(found.Fields)])
                : new MetaAppWebhook(null, false, []));
    }

    public Task<Result<Done>> SetWebhookAsync(
        WhatsAppApp app, Uri address, string verifyToken, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["object"] = AccountObject,
            ["callback_url"] = address.AbsoluteUri,
            ["verify_token"] = verifyToken,
            ["fields"] = string.Join(',', fields),
        };
        return DoAsync(
            calls.Request(
                HttpMethod.Post, Path(app.Id, "subscriptions"), AccessOf(app), JsonContent.Create(body), repeatable: true),
            cancellationToken);
    }

    private async Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(
        WhatsAppChannel channel, string fields, CancellationToken cancellationToken)
    {
        using var request = calls.Request(HttpMethod.Get, $"{Path(channel.PhoneNumberId)}?fields={fields}", channel, repeatable: true);
        return Map(await calls.AskAsync<GraphWire.Phone>(request, cancellationToken), DescriptionOf);
    }

    private static PhoneNumberDescription DescriptionOf(GraphWire.Phone phone) =>
        new(phone.Id, phone.DisplayPhoneNumber, phone.VerifiedName, phone.QualityRating)
        {
            Status = phone.Status,
            Platform = phone.PlatformType,
            NameStatus = phone.NameStatus,
            Throughput = phone.Throughput.Text("level"),
            DailyLimit = MessagingLimit.Of(Word(phone.WhatsappBusinessManagerMessagingLimit)),
            WebhookUrl = phone.WebhookConfiguration.Text("phone_number")
                ?? phone.WebhookConfiguration.Text("whatsapp_business_account")
                ?? phone.WebhookConfiguration.Text("application"),
            Problems = [.. phone.HealthStatus.Items("entities").SelectMany(ProblemsOf)],
        };

    private static IEnumerable<SendingProblem> ProblemsOf(JsonElement entity)
    {
        var (kind, state) = (entity.Text("entity_type") ?? "", entity.Text("can_send_message"));
        if (state is not ("BLOCKED" or "LIMITED"))
        {
            return [];
        }

        var isBlocked = state == "BLOCKED";
        var errors = entity.Items("errors")
            .Select(error => new SendingProblem(
                kind, isBlocked, error.Number("error_code"), error.Text("error_description") ?? "", error.Text("possible_solution")))
            .ToList();
        var notes = entity.Member("additional_info") is { ValueKind: JsonValueKind.Array } info
            ? info.EnumerateArray().Where(note => note.ValueKind == JsonValueKind.String).Select(note => note.GetString()!)
            : [];
        return errors.Count > 0 ? errors : [new SendingProblem(kind, isBlocked, null, string.Join(' ', notes), null)];
    }

    // Names alone in older versions, objects with a name in newer ones.
    private static IEnumerable<string> FieldsOf(JsonElement fields) => fields.ValueKind != JsonValueKind.Array
        ? []
        : fields.EnumerateArray()
            .Select(field => field.ValueKind == JsonValueKind.String ? field.GetString() : field.Text("name"))
            .OfType<string>();

    private static string? Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    // Calls about an app itself take its id and secret for a token.
    private static WhatsAppChannel AccessOf(WhatsAppApp app) => new("", "", $"{app.Id}|{app.Secret}");
}
