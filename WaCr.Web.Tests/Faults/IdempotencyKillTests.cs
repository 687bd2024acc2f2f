using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tests.WhatsApp.Sandbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Faults;

/// <summary>One key, one effect, though the process was killed before it could answer.</summary>
public sealed class IdempotencyKillTests
{
    private const string Key = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    // WhatsApp takes it at once, and answers three seconds of the sandbox's time later: here, never.
    private const string AnsweredLate = "+15550900003";

    private const int Clients = 6;
    private static readonly int Rounds = Depth.Of(plain: 1, deep: 10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Kill_between_whatsapps_acceptance_and_the_answer_sends_nothing_twice()
    {
        await using var folder = new TempFolder();
        await using var sandbox = await SandboxHarness.StartAsync();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        await ConnectAsync(workplace);
        await sandbox.ControlAsync(HttpMethod.Post, $"customers/{AnsweredLate}/text", new { body = "Is it open?" });
        var settings = workplace.Settings with
        {
            More = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["WhatsApp__BaseUrl"] = sandbox.Address + "sandbox/graph",
                ["WhatsApp__Sandbox__AllowOutsideDevelopment"] = "true",
            },
        };
        await using (var killed = await ProductProcess.StartAsync(settings))
        {
            using var client = killed.CreateClient(workplace.Token);
            var unanswered = SendAsync(client);
            await sandbox.EventuallyAsync(() => sandbox.World.Chats.All.Count(message => !message.FromCustomer), count => count == 1);
            await killed.KillAsync();
            await Should.ThrowAsync<HttpRequestException>(() => unanswered);
        }

        EndLeases(workplace);
        await using var server = await ProductProcess.StartAsync(settings);
        using var again = server.CreateClient(workplace.Token);

        var doubtful = await SendAsync(again);
        var details = (await JsonAsync(doubtful))["error"]!["details"]!;
        doubtful.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        details["may_have_been_sent"]!.GetValue<bool>().ShouldBeTrue();

        // WhatsApp's status names our reference: from then on the repeat is answered as the first would have been.
        sandbox.World.SetOwnWebhook(new Uri(server.Address, "webhooks/whatsapp"));
        sandbox.Desk.PutNumber(SandboxHarness.Number).Succeeded.ShouldBeTrue();
        sandbox.Time.Advance(TimeSpan.FromSeconds(5));
        HttpResponseMessage? known = null;
        await Eventually.HoldsAsync(async () => (known = await SendAsync(again)).StatusCode == HttpStatusCode.OK, Patience);
        known!.Headers.GetValues(Replayed).ShouldBe(["true"]);
        var data = (await JsonAsync(known))["data"]!;
        var sent = sandbox.World.Do(() => sandbox.World.Chats.All.Where(message => !message.FromCustomer).ToList()).ShouldHaveSingleItem();
        ((string)data["message_id"]!).ShouldBe(sent.Id);
        ((long)data["chat_message_id"]!).ShouldBe((long)details["chat_message_id"]!);
        SqliteProbe.Ask(workplace.File, "SELECT count(*) FROM Messages WHERE Direction = 1").ShouldBe(["1"]);

        static async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("messages/text", UriKind.Relative))
            {
                Content = JsonContent.Create(new { phone = AnsweredLate, message = "Until six" }),
                Headers = { { Key, "a" } },
            };
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Kill_while_contacts_are_created_with_keys_creates_none_twice()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var random = new Random(7);
        var (begun, answered) = (0L, new ConcurrentDictionary<long, long>());
        for (var round = 0; round < Rounds; round++)
        {
            await using var killed = await ProductProcess.StartAsync(workplace.Settings);
            using var client = killed.CreateClient(workplace.Token);
            var untilKill = random.Next(20, 100);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var load = Enumerable.Range(0, Clients).Select(_ => CreateUntilDeadAsync(client)).ToList();
            await Task.WhenAny(enough.Task, Task.WhenAll(load));
            enough.Task.IsCompletedSuccessfully.ShouldBeTrue("the writers ended before the kill");
            await killed.KillAsync();
            await Task.WhenAll(load);

            async Task CreateUntilDeadAsync(HttpClient http)
            {
                try
                {
                    while (true)
                    {
                        var number = Interlocked.Increment(ref begun);
                        var answer = await CreateAsync(http, number);
                        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
                        answered[number] = await Workplace.IdOfAsync(answer);
                        if (Interlocked.Decrement(ref untilKill) == 0)
                        {
                            enough.SetResult();
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone, as planned.
                }
            }
        }

        EndLeases(workplace);
        await using var server = await ProductProcess.StartAsync(workplace.Settings);
        using var again = server.CreateClient(workplace.Token);
        for (var number = 1L; number <= begun; number++)
        {
            var answer = await CreateAsync(again, number);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            if (answered.TryGetValue(number, out var id))
            {
                (await Workplace.IdOfAsync(answer)).ShouldBe(id);
            }
        }

        answered.Count.ShouldBeLessThan((int)begun, "some were under way at the kill");
        SqliteProbe.Ask(workplace.File, "SELECT count(*) FROM Contacts").ShouldBe([$"{begun}"]);

        Task<HttpResponseMessage> CreateAsync(HttpClient http, long number) =>
            workplace.PostContactAsync(http, number, key: $"create-{number}");
    }

    // As if a minute had passed: until then the one who was killed counts as at work, and a repeat is told so.
    private static void EndLeases(Workplace workplace) => SqliteProbe.Ask(workplace.File, "UPDATE IdempotentRequests SET LeaseEndsAt = 0");

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>A channel of the sandbox's first number, and somebody who has just written to it.</summary>
    private static async Task ConnectAsync(Workplace workplace)
    {
        await using var services = TestServices.Build(
            workplace.Settings.Provider, workplace.Settings.ConnectionString + ";Pooling=False",
            more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        await using var scope = services.CreateAsyncScope();
        var tenants = scope.ServiceProvider.GetRequiredService<TenantService>();
        await tenants.EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None).OrThrowAsync();
        var tenant = await TestTenant.OfAsync(scope);
        await tenant.ConnectWhatsAppAsync(new ChannelPatch
        {
            Name = "Shop",
            PhoneNumberId = SandboxHarness.Number.PhoneNumberId,
            BusinessAccountId = SandboxHarness.Number.BusinessAccountId,
            AccessToken = SandboxHarness.Number.AccessToken,
            AppSecret = SandboxHarness.Number.AppSecret,
            VerifyToken = SandboxHarness.Number.VerifyToken,
            DefaultStatusId = tenant.StatusId,
            DefaultSourceId = tenant.SourceId,
        });
        await tenant.CreateWriterAsync(TimeProvider.System, AnsweredLate);
    }
}
