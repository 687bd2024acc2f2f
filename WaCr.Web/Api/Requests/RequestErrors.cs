namespace WaCr.Web.Api.Requests;

/// <summary>Errors in a request's form, found before any feature runs; only API clients see them.</summary>
internal static class RequestErrors
{
    public static FieldErrors Add(this FieldErrors errors, string field, string message) => errors.Add(field, Of(message));

    public static FieldError Of(string message) => new("request", message);
}
