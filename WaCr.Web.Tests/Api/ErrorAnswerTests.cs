using System.Reflection;
using WaCr.Web.Api.Answers;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Tests.Api;

/// <summary>The one map from an error to HTTP.</summary>
public sealed class ErrorAnswerTests
{
    private static readonly Type[] Categories =
        [
            typeof(NotFoundError), typeof(InvalidError), typeof(ConflictError), typeof(DeniedError), typeof(LimitError),
            typeof(UnavailableError)
        ];

    public static TheoryData<Type> Errors =>
        [.. typeof(AppError).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AppError)) && !type.IsAbstract)];

    [Theory, MemberData(nameof(Errors))]
    public void Error_Any_HasACategoryACodeAndAnAnswer(Type type)
    {
        Categories.ShouldContain(category => category.IsAssignableFrom(type));
        var error = ErrorSamples.Of(type);
        error.ErrorCode.ShouldNotBeEmpty();

        var answer = Problem.From(error);

        // The contract wants these two to be 500.
        var expected = error is MessageSendFailedError or TemplateSyncFailedError ? [500] : new[] { 403, 404, 409, 412, 422, 429, 503 };
        expected.ShouldContain(answer.StatusCode);
    }
}
