using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Hosting;

public sealed class ProxyOptionsTests
{
    [Theory]
    [InlineData("10.0.0.5", "https", "203.0.113.7")]
    [InlineData("192.168.7.1", "https", "203.0.113.7")]
    [InlineData("127.0.0.1", "https", "203.0.113.7")]
    [InlineData("10.0.0.6", "http", "10.0.0.6")]
    [InlineData("198.51.100.1", "http", "198.51.100.1")]
    public async Task WhatIsForwarded_IsBelievedOfKnownProxies_UpToTheFirstStranger(string from, string scheme, string client)
    {
        var headers = new ForwardedHeadersOptions();
        new ProxyOptions { KnownProxies = "10.0.0.5", KnownNetworks = "192.168.0.0/16" }.ApplyTo(headers);
        var middleware = new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(headers));
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } };
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-Proto"] = "https";
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.99, 203.0.113.7";

        await middleware.Invoke(context);

        (context.Request.Scheme, context.Connection.RemoteIpAddress.ToString()).ShouldBe((scheme, client));
    }
}
