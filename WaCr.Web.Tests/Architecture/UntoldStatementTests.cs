using Mono.Cecil;
using Mono.Cecil.Rocks;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Tests.Architecture;

/// <summary>
/// A statement past the change tracker on a table that somebody follows is told to the change feed. Of most tables the statement's text
/// tells (ChangedTables); of these it does not say whom it concerns, so the class that runs it calls <c>NoteChange</c>, or stands here with
/// its reason.
/// </summary>
public sealed class UntoldStatementTests
{
    private static readonly string[] Followed =
    [
        .. new[]
        {
            typeof(Message), typeof(Conversation), typeof(Comment), typeof(Notification), typeof(AccountNotice), typeof(Membership),
            typeof(Tenant), typeof(WebhookDelivery),
        }.Select(type => type.FullName!),
    ];

    private static readonly Dictionary<string, string> Silent = new(StringComparer.Ordinal)
    {
        ["CampaignRelease"] = "CampaignRunner and CampaignService tell of the campaign and of work for the outbox.",
        ["CampaignService"] = "The statements on Campaigns tell; its waiting messages show there alone.",
        ["ConversationEraser"] = "ContactEraser tells.",
        ["ConversationUsage"] = "Usage shows in no conversation.",
        ["DeliveryResults"] = "Only what is to be sent wakes its loop, and a retry is due later.",
        ["DeliverySweeper"] = "Only what is to be sent wakes the loop.",
        ["InboundMessages"] = "WebhookProcessor tells, by the effect.",
        ["InboundStatuses"] = "WebhookProcessor tells, by the effect.",
        ["LastSeenWriter"] = "Nobody's access depends on when somebody was last seen.",
        ["MessagePricing"] = "What a message costs shows in no conversation.",
        ["NotificationSweeper"] = "What it deletes is in no bell, was read, or is a month old, and bells count again by the clock.",
        ["SenderResolver"] = "The ids of a conversation show nowhere; the contact's number is told by the tracker.",
        ["SendConsequences"] = "A recipient's rate limit shows nowhere.",
        ["WebhookService"] = "Only what is to be sent wakes the loop.",
    };

    [Fact]
    public void AStatement_OnWhatSomebodyFollows_IsTold()
    {
        var silent = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location).MainModule.Types
            .Where(type => type.FullName.StartsWith("WaCr.Web.", StringComparison.Ordinal) && type.Name != nameof(MessageTransitions))
            .Select(type => (type.Name, Calls: CallsOf(type).ToList()))
            .Where(type => !type.Calls.Exists(IsNote))
            .Select(type =>
                (type.Name, Tables: type.Calls.Select(TableOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList()))
            .Where(type => type.Tables.Count > 0)
            .ToList();

        silent.Where(type => !Silent.ContainsKey(type.Name))
            .Select(type => $"{type.Name}: {string.Join(", ", type.Tables)}")
            .ShouldBeEmpty();
        Silent.Keys.Except(silent.Select(type => type.Name), StringComparer.Ordinal).ShouldBeEmpty("It is told now, or gone.");
    }

    private static IEnumerable<MethodReference> CallsOf(TypeDefinition type) => new[] { type }.Concat(type.NestedTypes.SelectMany(Nested))
        .SelectMany(one => one.Methods).Where(method => method.HasBody)
        .SelectMany(method => method.Body.Instructions).Select(code => code.Operand).OfType<MethodReference>();

    private static IEnumerable<TypeDefinition> Nested(TypeDefinition type) => new[] { type }.Concat(type.NestedTypes.SelectMany(Nested));

    private static bool IsNote(MethodReference call) => call.Name == nameof(AppDbContext.NoteChange);

    private static string? TableOf(MethodReference call) => call switch
    {
        GenericInstanceMethod { Name: "ExecuteUpdateAsync" or "ExecuteDeleteAsync" } statement
            when Followed.Contains(statement.GenericArguments[0].FullName) => statement.GenericArguments[0].Name,
        { DeclaringType.Name: nameof(MessageTransitions) } => nameof(Message),
        _ => null,
    };
}
