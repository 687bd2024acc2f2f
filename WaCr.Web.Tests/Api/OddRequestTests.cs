using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using WaCr.Web.Api;
using WaCr.Web.Api.Requests;
using WaCr.Web.Tests.Features.Webhooks;

namespace WaCr.Web.Tests.Api;

/// <summary>
/// Every operation of the API, with each body, value and id that no client should send: refused in the envelope, and never a 500.
/// </summary>
public sealed class OddRequestTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Refused = "https://10.0.0.1/x"; // no name to look up, and no public address

    private static readonly string[] CallOthers = ["/test", "/sync"];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0.5", "1e400", "99999999999999999999", "9223372036854775807", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"",
        "\"\\uffff\"", "[]", "[null]", "[[1]]", "[9223372036854775807]", "{\"a\":{}}", $"\"{new string('x', 70_000)}\"",
        "\"9999-12-31T23:59:59+14:00\"", "{\"a\":{\"b\":\"\\ud800\"}}", "{\"\\u0000\":\"x\"}",
    ];

    private static readonly byte[][] Bodies =
    [
        [], [0], "null"u8.ToArray(), "[]"u8.ToArray(), "[{}]"u8.ToArray(), "1"u8.ToArray(), "\"x\""u8.ToArray(),
        "{"u8.ToArray(), "{}{}"u8.ToArray(), "{\"\":1}"u8.ToArray(), "{\"name\":\"a\",\"name\":\"b\",\"phone\":1,\"phone\":[]}"u8.ToArray(),
        "{\"na\\u0000me\":1,\"\\ud800\":2}"u8.ToArray(),
        [.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        [.. "{\"name\":\""u8, 0xFF, .. "\"}"u8], [0xEF, 0xBB, 0xBF], Encoding.Unicode.GetBytes("{\"name\":\"x\"}"),
        Nested("[", 100_000), Nested("{\"name\":", 2_000),
        Encoding.UTF8.GetBytes("{\"name\":" + string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)) + "}"),
        Encoding.UTF8.GetBytes("{\"name\":" + new string('9', 5_000) + "}"),
    ];

    private static readonly string[] Ids =
        ["0", "-1", "9223372036854775807", "9223372036854775808", "1e3", "%20", "%EF%BF%BF", "%ED%A0%80", "%2e%2e", new('9', 4_000)];

    [Theory, OnEachEngine]
    public async Task Bodies_OfNoUse_AreRefused(DatabaseProvider engine) => await WalkAsync(
        engine, (_, path) => Bodies.Select(body => (path, body)));

    [Theory, OnEachEngine]
    public async Task Values_OfTheWrongKind_InAnyField_AreRefused(DatabaseProvider engine) => await WalkAsync(
        engine, (operation, path) => operation.Example is not { } example ? []
            : Changed(example).Select(body => (path, Encoding.UTF8.GetBytes(body))));

    [Theory, OnEachEngine]
    public async Task Ids_OfNothing_AreNotFoundOrRefused(DatabaseProvider engine) => await WalkAsync(
        engine,
        (operation, path) => !path.Contains('{', StringComparison.Ordinal) ? []
            : Ids.Select(id => (Filled(path, id), Encoding.UTF8.GetBytes(operation.Example?.ToJsonString() ?? ""))),
        isFilled: false);

    /// <summary>Of a path Kestrel refuses it (docs/decisions/0027); PostgreSQL takes it in no text.</summary>
    [Theory, OnEachEngine]
    public async Task Queries_WithANul_AreRefusedOrFindNothing(DatabaseProvider engine) => await WalkAsync(
        engine,
        (operation, path) => (operation.List ?? operation.Single) is not { } spec ? []
            : WithANul(spec).Select(query => ($"{Filled(path, "1")}?{query}", Array.Empty<byte>())),
        isFilled: false);

    private async Task WalkAsync(
        DatabaseProvider engine, Func<ApiOperation, string, IEnumerable<(string Path, byte[] Body)>> requests, bool isFilled = true)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync(); // or what sends would be refused before it is looked at
        app.Graph.AcceptsEverySend().RefusesTheRest();
        var ids = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["contacts"] = (await tenant.CreateContactAsync()).Id,
            ["groups"] = await tenant.CreateGroupAsync("Odd"),
            ["webhooks"] = await OutgoingEventTests.SubscribeAsync(tenant),
        };
        var sent = 0;
        foreach (var (method, pattern, operation) in Operations(app).Where(route => route.Method != "GET" || !isFilled))
        {
            var path = pattern["/api/v2".Length..];
            var one = isFilled ? Filled(path, $"{ids.GetValueOrDefault(path.Split('/')[1], 1)}") : path;
            foreach (var (address, body) in requests(operation, one))
            {
                using var content = method == "GET" ? null : new ByteArrayContent(body);
                if (content is not null)
                {
                    content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                }

                var reply = await client.SendAsync(new HttpMethod(method), address, content);
                var what = $"{method} {address[..Math.Min(address.Length, 60)]} "
                    + Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)));
                ((int)reply.Status).ShouldBeLessThan(500, $"{what}\n{Encoding.UTF8.GetString(reply.Body)}");
                (reply.Status == HttpStatusCode.NoContent || reply.Json.ContainsKey("success")).ShouldBeTrue(what);
                sent++;
            }
        }

        sent.ShouldBeGreaterThan(50);
    }

    // A test of a webhook and a sync answer what others answered them, and a file is no answer in the envelope.
    private static IEnumerable<(string Method, string Pattern, ApiOperation Operation)> Operations(TestApp app) =>
        from endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let operation = endpoint.Metadata.GetMetadata<ApiOperation>()
        where operation is { File: null } && !CallOthers.Any(end => endpoint.RoutePattern.RawText!.EndsWith(end, StringComparison.Ordinal))
        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        where method != "HEAD"
        select (method, endpoint.RoutePattern.RawText!, operation);

    // The example with one field at a time, of it or of an object in it, in each wrong kind.
    private static IEnumerable<string> Changed(JsonObject example)
    {
        var plain = example.DeepClone().AsObject();
        foreach (var url in plain.Where(field => field.Key.EndsWith("url", StringComparison.Ordinal)).Select(field => field.Key).ToList())
        {
            plain[url] = Refused;
        }

        foreach (var field in plain.Select(field => field.Key))
        {
            var rest = string.Concat(plain.Where(other => other.Key != field)
                .Select(other => $",\"{other.Key}\":{other.Value?.ToJsonString() ?? "null"}"));
            foreach (var value in Values)
            {
                yield return $"{{\"{field}\":{value}{rest}}}";
            }

            if ((plain[field] as JsonArray)?.FirstOrDefault() is JsonObject || plain[field] is JsonObject)
            {
                var inner = (plain[field] as JsonArray)?[0] as JsonObject ?? plain[field]!.AsObject();
                foreach (var changed in Changed(inner))
                {
                    yield return $"{{\"{field}\":{(plain[field] is JsonArray ? $"[{changed}]" : changed)}{rest}}}";
                }
            }
        }
    }

    private static IEnumerable<string> WithANul(ListSpec spec)
    {
        string[] compared = ["", "[ne]", "[in]", "[not_in]", "[null]", "[like]", "[gt]", "[lte]", "[between]"];
        var names = new[] { "page", "per_page", "sort", "search", "q", "fields", "include", "filter[x]" }
            .Concat(from filter in spec.Filters from how in compared select $"filter[{filter.Name}]{how}");
        return (from name in names from value in (string[])["%00", "a%00b"] select $"{name}={value}").Concat(["%00=1", "filter[%00]=1"]);
    }

    private static string Filled(string path, string id) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? id : part));

    private static byte[] Nested(string opening, int levels) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, levels)));
}
