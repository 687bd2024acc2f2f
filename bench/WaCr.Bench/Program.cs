using System.Globalization;
using WaCr.Bench;

switch (args)
{
    case ["fill", var count, var folder]:
        await Fill.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), folder);
        return 0;
    case ["fill-conversations", var count, var folder]:
        await ConversationFill.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), folder);
        return 0;
    case ["templates", var server, var token, var sandbox, var count]:
        await BackgroundRun.TemplatesAsync(new Uri(server), token, new Uri(sandbox), int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["drain", var since]:
        await BackgroundRun.DrainAsync(long.Parse(since, CultureInfo.InvariantCulture));
        return 0;
    case ["outbox", var count]:
        await BackgroundRun.OutboxAsync(int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["heap", var processId]:
        Console.WriteLine(
            ManagedHeap.MegabytesOf(int.Parse(processId, CultureInfo.InvariantCulture)).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    case ["bulk", var server, var token]:
        await BulkRun.RunAsync(new Uri(server), token);
        return 0;
    case ["webhooks", var server, var token, var receiver]:
        await WebhookRun.RunAsync(new Uri(server), token, receiver);
        return 0;
    case ["import", var server, var rows, var processId]:
        await ImportRun.RunAsync(
            new Uri(server), int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(processId, CultureInfo.InvariantCulture));
        return 0;
    case ["grid", var server, var processId, var terms]:
        await GridRun.RunAsync(server, int.Parse(processId, CultureInfo.InvariantCulture), terms);
        return 0;
    case ["conversations", var server, var processId]:
        await ConversationRun.RunAsync(server, int.Parse(processId, CultureInfo.InvariantCulture));
        return 0;
    case ["broadcast", var server, var token]:
        await BroadcastRun.RunAsync(new Uri(server), token);
        return 0;
    case ["replicas", var web, var proxy, var sandbox, var controls, var token, var postgres, var only]:
        await ReplicaRun.RunAsync(web, new Uri(proxy), new Uri(sandbox), controls, token, postgres, only);
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "fill COUNT FOLDER | fill-conversations MESSAGES FOLDER | templates SERVER TOKEN SANDBOX COUNT | drain SINCE | outbox COUNT | heap PROCESS | bulk SERVER TOKEN | webhooks SERVER TOKEN RECEIVER | broadcast SERVER TOKEN | import SERVER ROWS PROCESS | grid SERVER PROCESS TERMS | conversations SERVER PROCESS | replicas WEB PROXY SANDBOX CONTROLS TOKEN POSTGRES CASE; see bench/README.md");
        return 2;
}
