using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace WaCr.Bench;

/// <summary>Integrators that read and change contacts one after the other, and remember what they were answered.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Contacts = 500;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<(long At, string What)> _answers = new();
    private readonly Task _work;
    private readonly HttpClient _client;

    public SteadyLoad(HttpClient client, int workers)
    {
        _client = client;
        _work = Task.WhenAll(Enumerable.Range(0, workers).Select(WorkAsync));
    }

    /// <summary>"ok", "unavailable" (503 in the envelope), or what else came, with when it came.</summary>
    public IReadOnlyList<(long At, string What)> Answers => [.. _answers];

    public IReadOnlyDictionary<string, int> Count() =>
        Answers.CountBy(answer => answer.What).ToDictionary(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        for (var turn = worker; !_end.IsCancellationRequested; turn++)
        {
            var path = new Uri(string.Create(CultureInfo.InvariantCulture, $"contacts/{(turn * 37 % Contacts) + 1}"), UriKind.Relative);
            string what;
            try
            {
                using var answer = turn % 3 == 0
                    ? await _client.PatchAsJsonAsync(path, new { city = string.Create(CultureInfo.InvariantCulture, $"Kochi {turn}") })
                    : await _client.GetAsync(path);
                what = await NameAsync(answer);
            }
            catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
            {
                what = broken.GetType().Name;
            }

            _answers.Enqueue((Stopwatch.GetTimestamp(), what));
            await Task.Delay(5);
        }
    }

    private static async Task<string> NameAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            return "ok";
        }

        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        try
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable && body.TryGetProperty("error", out _) ? "unavailable" : status;
        }
        catch (JsonException)
        {
            return status + " outside the envelope";
        }
    }
}
