namespace WaCr.Web.Api.Answers;

internal static class ResultAnswers
{
    /// <summary>A service's value as <paramref name="answer"/> has it, or its error.</summary>
    public static IResult Answer<T>(this Result<T> result, Func<T, IResult> answer) =>
        result.Succeeded ? answer(result.Value) : Problem.From(result.Error);

    public static async Task<IResult> AnswerAsync<T>(this Task<Result<T>> call, Func<T, IResult> answer) => (await call).Answer(answer);
}
