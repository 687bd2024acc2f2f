using System.Globalization;
using WaCr.Bench;

switch (args)
{
    case ["fill", var count, var folder]:
        await Fill.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), folder);
        return 0;
    case ["heap", var processId]:
        Console.WriteLine(ManagedHeap.MegabytesOf(int.Parse(processId, CultureInfo.InvariantCulture)).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    default:
        await Console.Error.WriteLineAsync("fill COUNT FOLDER | heap PROCESS; see bench/README.md");
        return 2;
}
