namespace WaCr.Web.Tests.Support;

public static class FieldErrorAssertions
{
    /// <summary>In the words of the API.</summary>
    public static void ShouldBe(this IReadOnlyList<FieldError> reasons, string[] messages) =>
        reasons.Select(reason => reason.Message).ShouldBe(messages);
}
