using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>What a read of a number shows to be wrong; each is a notice's word.</summary>
public static class ChannelTrouble
{
    /// <summary>The field of all these notices.</summary>
    public const string Field = ChannelNotice.ReadField;

    public const string NumberStopped = "NUMBER_STOPPED";
    public const string NotRegistered = "NOT_REGISTERED";
    public const string NotSubscribed = "NOT_SUBSCRIBED";
    public const string QualityLow = "QUALITY_LOW";
    public const string NameDeclined = "NAME_DECLINED";
    public const string TokenEnds = "TOKEN_ENDS";
    public const string Unpaid = "UNPAID";
    public const string Blocked = "BLOCKED";
    public const string Limited = "LIMITED";

    internal static IEnumerable<NewNotice> Of(PhoneNumberDescription number, ChannelFacts facts, DateTimeOffset now)
    {
        if (number.IsStopped)
        {
            yield return Serious(NumberStopped, number.Status!, now);
        }

        if (!number.IsRegistered)
        {
            yield return Serious(NotRegistered, "", now);
        }

        if (facts.IsUnsubscribed)
        {
            yield return Serious(NotSubscribed, "", now);
        }

        if (number.IsQualityLow)
        {
            yield return Serious(QualityLow, "", now);
        }

        if (number.IsNameDeclined)
        {
            yield return Serious(NameDeclined, number.VerifiedName ?? "", now);
        }

        if (facts.Token.Value?.ExpiresAt is { } end && end < now + ChannelChecks.TokenWarning)
        {
            yield return Serious(TokenEnds, "", now) with { EndsAt = end };
        }

        foreach (var problem in number.Problems.DistinctBy(WordOf))
        {
            yield return new NewNotice(
                ChannelNotice.ReadField, WordOf(problem), string.Join(' ', Sentences(problem)), IsGood: false, problem.IsBlocked, now);
        }
    }

    private static NewNotice Serious(string word, string details, DateTimeOffset now) =>
        new(ChannelNotice.ReadField, word, details, IsGood: false, IsSerious: true, now);

    // The code keeps two problems of one number apart.
    private static string WordOf(SendingProblem problem) => problem.IsPayment
        ? Unpaid
        : string.Join(
            ' ',
            new[] { problem.IsBlocked ? Blocked : Limited, problem.Entity, problem.Code?.ToString(CultureInfo.InvariantCulture) }
                .Where(part => part is { Length: > 0 })).Cut(ChannelNotice.WordMaxLength);

    private static IEnumerable<string> Sentences(SendingProblem problem) =>
        new[] { problem.Description, problem.Solution ?? "" }.Where(sentence => sentence.Length > 0);
}
