using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The control API: customers' phones and the sandbox's settings. Described in docs/sandbox.md.</summary>
internal sealed class ControlRoutes(
    SandboxControlToken token, CustomerControls customers, BusinessPhoneControls business, ConsoleControls console)
{
    public async Task ServeAsync(HttpContext context)
    {
        var request = new ControlRequest(context.Request);
        if (!token.Fits(request.Token))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await WriteAsync(
                context,
                StatusCodes.Status401Unauthorized,
                new { error = "The sandbox's controls take the token that the server printed at its start: Authorization: Bearer TOKEN." });
            return;
        }

        try
        {
            var answer = request.Path switch
            {
                ["customers", var customer, .. var act] => await customers.AnswerAsync(request, customer, act),
                ["numbers", var number, "history" or "echoes" or "contacts", ..] =>
                    await business.AnswerAsync(request, number, request.Path[2..]),
                _ => await console.AnswerAsync(request),
            };
            await (answer switch
            {
                null =>
                    WriteAsync(
                        context, StatusCodes.Status404NotFound, new { error = "The sandbox knows no such path, or nothing is there." }),
                AppError problem => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, new { error = problem.Message }),
                _ => WriteAsync(context, StatusCodes.Status200OK, answer),
            });
        }
        catch (Exception failure) when (
            failure is JsonException or FormatException or IOException or InvalidOperationException or NotSupportedException
                or ArgumentException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new { error = $"The body does not fit: {failure.Message}" });
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, answer.GetType(), JsonNames.Json, context.RequestAborted);
    }
}
