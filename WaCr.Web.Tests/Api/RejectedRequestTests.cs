using System.Net.Sockets;
using System.Text;

namespace WaCr.Web.Tests.Api;

/// <summary>
/// What Kestrel rejects before any middleware runs, sent by hand, since clients refuse to. It is the only answer without the envelope
/// (docs/decisions/0027).
/// </summary>
public sealed class RejectedRequestTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Good = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("GET /api/v2/contacts/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /api/v2/contacts/a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /api/v2/contacts?search=# HTTP/1.1\r\nHost: localhost\r\n\r\n", 414)]
    [InlineData("GET /api/v2/contacts HTTP/1.1\r\nHost: localhost\r\nX-Long: #\r\n\r\n", 431)]
    [InlineData("GET /api/v2/contacts HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n", 400)]
    [InlineData("GET /api/v2/contacts HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/v2/contacts HTTP/9.9\r\nHost: localhost\r\n\r\n", 505)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("POST /api/v2/groups HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400)]
    public async Task RequestThatIsNoHttp_IsRefusedAtOnce_AndSaysNothingOfTheServer(string request, int status)
    {
        var (headers, body) = await SendAsync(request.Replace("#", new string('x', 70_000), StringComparison.Ordinal));

        headers[0].ShouldStartWith($"HTTP/1.1 {status} ");
        headers.ShouldContain("Content-Length: 0");
        headers.ShouldContain("Connection: close");
        headers.ShouldNotContain(header => header.StartsWith("Server:", StringComparison.OrdinalIgnoreCase));
        body.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatCameBeforeIt_IsAnswered_AndOthersAreServed()
    {
        var (headers, body) = await SendAsync(Good + "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n");

        headers[0].ShouldBe("HTTP/1.1 200 OK");
        body.ShouldContain("HTTP/1.1 400 ");
        var next = await SendAsync(Good.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal));
        next.Headers[0].ShouldBe("HTTP/1.1 200 OK");
    }

    // All that is answered until the server closes the connection.
    private async Task<(string[] Headers, string Body)> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);
        return (answer[0].Split("\r\n"), answer[1]);
    }
}
