using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using WaCr.Web.Tests.Support;
using WaCr.Web.WhatsApp.Sandbox.Http;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Who gets at the controls, and where a sandbox may be at all.</summary>
public sealed class SandboxDoorTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5000", null, null, false, true)]
    [InlineData("::1", "[::1]:5000", null, null, false, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:5000", null, null, false, true)]
    [InlineData("10.0.0.7", "localhost:5000", null, null, false, false)]
    [InlineData("10.0.0.7", "wacr.example", null, null, true, true)]
    [InlineData("127.0.0.1", "wacr.example", null, null, false, false)]
    [InlineData("127.0.0.1", "localhost:5000", "X-Forwarded-For", "10.0.0.7", false, false)]
    [InlineData("127.0.0.1", "localhost:5000", "Origin", "https://evil.example", false, false)]
    [InlineData("127.0.0.1", "localhost:5000", "Origin", "http://localhost:5000", false, true)]
    [InlineData("127.0.0.1", "localhost:5000", "Sec-Fetch-Site", "cross-site", false, false)]
    [InlineData("10.0.0.7", "wacr.example", "Origin", "https://evil.example", true, false)]
    public void Controls_AreForThisMachineAndForStaff(string from, string host, string? header, string? value, bool signedIn, bool mayEnter)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        context.Request.Host = new HostString(host);
        if (header is not null)
        {
            context.Request.Headers[header] = value;
        }

        if (signedIn)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity("cookie"));
        }

        ControlDoor.MayEnter(context).ShouldBe(mayEnter);
    }

    [Theory]
    [InlineData("--WhatsApp:Sandbox:Enabled=true")]
    [InlineData("--WhatsApp:BaseUrl=http://127.0.0.1:5090/sandbox/graph")]
    public async Task Production_SetToASandbox_DoesNotStart(string setting)
    {
        await using var folder = new TempFolder();

        var outcome = await ProductProcess.RunAsync(folder.Sqlite("wacr.db"), [setting]);

        outcome.ExitCode.ShouldBe(1);
        (outcome.Output + outcome.Error).ShouldContain("WhatsApp:Sandbox:AllowOutsideDevelopment");
    }
}
