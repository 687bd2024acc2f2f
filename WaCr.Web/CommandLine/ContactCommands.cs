using System.CommandLine;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.CommandLine;

internal static class ContactCommands
{
    public static Command Erase(OperatorHost host)
    {
        var (tenant, id) = Options();
        var command = new Command(
            "erase",
            "Erase a contact for good, past the trash, with all that is kept of the person. Prints the receipt, which names nobody")
        {
            tenant, id,
        };
        command.SetAction((parsed, cancellationToken) => host.RunInTenantAsync(parsed.GetRequiredValue(tenant), async services =>
        {
            var erased = await services.GetRequiredService<PersonErasure>().EraseAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (!erased.Succeeded)
            {
                return erased.Error;
            }

            var (receipt, counts) = (erased.Value, erased.Value.Counts);
            await host.Console.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"contact={receipt.ContactId} erased_at={receipt.ErasedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} messages={counts.Messages} comments={counts.Comments} files={counts.Files} merged_contacts={counts.MergedContacts}"));
            return default(Done);
        }));
        return command;
    }

    public static Command Export(OperatorHost host)
    {
        var (tenant, id) = Options();
        var to = new Option<FileInfo>("--to") { Required = true, Description = "The ZIP file to write; it must not exist" };
        var command = new Command(
            "export", "Write everything that is kept of a contact into a ZIP file that its owner alone can read") { tenant, id, to };
        command.SetAction((parsed, cancellationToken) => host.RunInTenantAsync(parsed.GetRequiredValue(tenant), async services =>
        {
            var exported = await services.GetRequiredService<PersonExport>().ExportAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (!exported.Succeeded)
            {
                return exported.Error;
            }

            await using var archive = exported.Value;
            await using var file = Open(parsed.GetRequiredValue(to).FullName);
            await archive.Content.CopyToAsync(file, cancellationToken);
            return default(Done);
        }));
        return command;
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static (Option<string> Tenant, Option<long> Id) Options() => (
        new Option<string>("--tenant") { Required = true, Description = "The tenant's subdomain" },
        new Option<long>("--id") { Required = true, Description = "The contact's id, as in the address of its page" });
}
