using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Docs;

/// <summary>The examples that a reader is told to send, sent.</summary>
public sealed class HttpFilesTests
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "http"));

    [Fact]
    public async Task Examples_SentToAFreshStart_AnswerAsTheyNote()
    {
        await using var folder = new TempFolder();
        var settings = new ProductSettings(DatabaseProvider.Sqlite, $"Data Source={folder.File("demo.db")}", "Development");
        await using var server = await ProductProcess.StartAsync(settings);
        var token = (await server.WaitForLineAsync("Token ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        var surprises = new List<string>();
        foreach (var path in Directory.GetFiles(Folder, "*.http").Order(StringComparer.Ordinal))
        {
            surprises.AddRange(await SendAllAsync(client, HttpFile.Read(path), server.Address, token));
        }

        surprises.ShouldBeEmpty();
    }

    private static async Task<List<string>> SendAllAsync(HttpClient client, HttpFile file, Uri address, string token)
    {
        var variables = new Dictionary<string, string>(file.Variables, StringComparer.Ordinal)
        {
            ["host"] = address.ToString().TrimEnd('/'),
            ["token"] = token,
        };
        var answers = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var surprises = new List<string>();
        foreach (var request in file.Requests)
        {
            try
            {
                using var message = request.ToMessage(text => HttpFile.Fill(text, variables, answers));
                using var answer = await client.SendAsync(message);
                var body = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode != request.ExpectedStatus)
                {
                    surprises.Add($"{file.Name}, {request.Title}: {(int)answer.StatusCode} instead of {request.ExpectedStatus}: {body}");
                }

                if (request.Name is { } name)
                {
                    answers[name] = JsonNode.Parse(body);
                }
            }
            catch (FormatException unknown)
            {
                surprises.Add($"{file.Name}, {request.Title}: {unknown.Message}");
            }
        }

        return surprises;
    }
}
