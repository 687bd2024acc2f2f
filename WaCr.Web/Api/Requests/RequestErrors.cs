using WaCr.Web.Common;

namespace WaCr.Web.Api.Requests;

/// <summary>What is wrong with a request before any rule of a feature is asked; programs alone read it.</summary>
internal static class RequestErrors
{
    public static FieldErrors Add(this FieldErrors errors, string field, string message) => errors.Add(field, Of(message));

    public static FieldError Of(string message) => new("request", message);
}
