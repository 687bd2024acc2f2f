using System.CommandLine;
using System.CommandLine.Parsing;
using WaCr.Web.Hosting;

namespace WaCr.Web.CommandLine;

internal static class SandboxCommand
{
    public static Command Create(string[] settings)
    {
        var url =
            new Option<string>("--url")
            {
                DefaultValueFactory = _ => "http://127.0.0.1:5090",
                Description = "Where it listens; set WhatsApp:BaseUrl to this and /sandbox/graph"
            };
        var webhook = new Option<Uri?>("--webhook")
        {
            CustomParser = ReadAddress,
            Description = "Where events are posted, for example http://127.0.0.1:5000/webhooks/whatsapp",
        };
        var immediate = new Option<bool>("--immediate") { Description = "No delays, as load tests want it" };
        var command = new Command(
            "sandbox", "Serve a stand-in for WhatsApp's Cloud API, and nothing else, until it is stopped") { url, webhook, immediate };
        command.SetAction((parsed, cancellationToken) =>
            SandboxServer.RunAsync(
                settings, parsed.GetRequiredValue(url), parsed.GetValue(webhook), parsed.GetValue(immediate), cancellationToken));
        return command;
    }

    private static Uri? ReadAddress(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        argument.AddError($"'{text}' is no address. Write it like http://127.0.0.1:5000/webhooks/whatsapp.");
        return null;
    }
}
