using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace WaCr.Web.Tests.Architecture;

/// <summary>What a message of ours is, and where it stands in the outbox, changes in one class alone: MessageTransitions.</summary>
public sealed class MessageStateTests
{
    private static readonly string[] Guarded =
    [
        nameof(Message.State), nameof(Message.Status), nameof(Message.DueAt), nameof(Message.LeaseUntil), nameof(Message.LeaseOwner),
        nameof(Message.Attempts),
        nameof(Message.Wamid), nameof(Message.SentAt), nameof(Message.DeliveredAt), nameof(Message.ReadAt), nameof(Message.FailedAt),
        nameof(Message.Error),
        nameof(Message.ErrorCode),
    ];

    private static readonly string MessageType = typeof(Message).FullName!;

    private static readonly List<MethodDefinition> Methods = FindMethods();

    [Fact]
    public void MessageState_IsUpdatedByTransitionsAlone() => Methods
        .Where(method => Operands(method).OfType<GenericInstanceType>()
            .Concat(Operands(method).OfType<MethodReference>().Select(call => call.DeclaringType).OfType<GenericInstanceType>())
            .Any(type => type.Name.StartsWith("UpdateSettersBuilder", StringComparison.Ordinal)
                && type.GenericArguments.Any(argument => argument.FullName == MessageType)))
        .SelectMany(method =>
            Operands(method)
                .OfType<MethodReference>()
                .Where(read => IsGuarded(read, "get_"))
                .Select(read => $"{method.FullName}: {read.Name}"))
        .Distinct()
        .ShouldBeEmpty();

    [Fact]
    public void MessageState_IsAssignedOnlyWhereAMessageIsMade() => Methods
        .Where(method => !Operands(method).OfType<MethodReference>().Any(Makes))
        .SelectMany(method =>
            Operands(method)
                .OfType<MethodReference>()
                .Where(write => IsGuarded(write, "set_"))
                .Select(write => $"{method.FullName}: {write.Name}"))
        .Distinct()
        .ShouldBeEmpty();

    // A constructor, or a factory of its own.
    private static bool Makes(MethodReference call) =>
        call.DeclaringType.FullName == MessageType && (call.Name == ".ctor" || call.ReturnType.FullName == MessageType);

    private static bool IsGuarded(MethodReference method, string prefix) =>
        method.DeclaringType.FullName == MessageType
            && method.Name.StartsWith(prefix, StringComparison.Ordinal)
            && Guarded.Contains(method.Name[prefix.Length..]);

    private static IEnumerable<object> Operands(MethodDefinition method) =>
        method.Body.Instructions.Select(code => code.Operand).Where(operand => operand is not null);

    private static List<MethodDefinition> FindMethods() => [.. AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location)
        .MainModule.GetAllTypes()
        .Where(type => type.FullName.StartsWith("WaCr.Web.", StringComparison.Ordinal)
            && !type.FullName.StartsWith("WaCr.Web.Features.Messaging.MessageTransitions", StringComparison.Ordinal)
            && !type.FullName.StartsWith("WaCr.Web.Features.Demo.", StringComparison.Ordinal))
        .SelectMany(type => type.Methods)
        .Where(method => method.HasBody)];
}
