using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace WaCr.Web.Hosting;

internal static class HeldPortsExtensions
{
    public static IServiceCollection AddHeldPorts(this IServiceCollection services)
    {
        services.AddSingleton<HeldPorts>();
        services.AddOptions<SocketTransportOptions>()
            .Configure<HeldPorts>((transport, ports) => transport.CreateBoundListenSocket = ports.Take);
        return services;
    }

    /// <exception cref="StartupException">An address cannot be listened on.</exception>
    public static void HoldPorts(this WebApplication app)
    {
        app.Services.GetRequiredService<HeldPorts>().Hold(app.Configuration);
        CheckServer(app);
    }

    // Certificates and the section Kestrel are read by options of the same kind, which listen on nothing.
    private static void CheckServer(WebApplication app)
    {
        try
        {
            var trial = new KestrelServerOptions { ApplicationServices = app.Services };
            trial.Configure(app.Configuration.GetSection("Kestrel")).Load();
            if (ListenAddresses.NeedDefaultCertificate(app.Configuration))
            {
                trial.ListenLocalhost(1, listen => listen.UseHttps());
            }
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or UnauthorizedAccessException
            or CryptographicException or FormatException or ArgumentException)
        {
            throw new StartupException(
                $"The server cannot listen ({refused.Message.TrimEnd('.')}); correct the section Kestrel or ASPNETCORE_URLS.", refused);
        }
    }
}
