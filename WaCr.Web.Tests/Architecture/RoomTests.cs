using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace WaCr.Web.Tests.Architecture;

/// <summary>
/// Keeps docs/rooms.md: who may know whom. Walks the compiled code, async lambdas included, since
/// that is where a forbidden dependency likes to hide.
/// </summary>
public sealed partial class RoomTests
{
    private const string Root = "WaCr.Web.";

    /// <summary>Hosting and Program compose everything and are bound by nothing.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Common"] = [],
        ["Domain"] = ["Common", "Tenancy"],
        ["Tenancy"] = ["Common"],
        ["Security"] = ["Common", "Domain", "Tenancy"],
        ["Data"] = ["Common", "Domain", "Tenancy"],
        ["WhatsApp"] = ["Common"], // credentials come as an argument, so that it knows no tenant
        ["Downloads"] = ["Common"],
        ["Features"] = ["Common", "Domain", "Tenancy", "Security", "Data", "WhatsApp", "Downloads"],
        ["Jobs"] = ["Features", "Tenancy", "Common"],
        ["Api"] = ["Features", "Security", "Tenancy", "Common", "Domain"],
        ["CommandLine"] = ["Features", "Security", "Tenancy", "Common", "Domain", "Data", "Hosting"],
        ["Components"] = ["Features", "Security", "Tenancy", "Common", "Domain"],
    };

    /// <summary>Which feature may call which; a list, so that a new thread between them is a decision.</summary>
    private static readonly Dictionary<string, string[]> SiblingFeatures = new(StringComparer.Ordinal)
    {
        ["Contacts"] = ["Conversations", "Idempotency", "Lists", "Plans"], // what was said goes with whom it was said to
        ["Conversations"] = ["Files"], // a file goes with the last that references it
        ["Bulk"] = ["Contacts", "Work"], // the same drafts, checks, selection and trash as for one contact
        // an import is a bulk job over drafts of contacts, asks whose a number is, and is received as every file is
        ["Transfers"] = ["Audit", "Bulk", "Contacts", "Files", "Lookups", "Messaging", "Plans"],
        ["Lookups"] = ["Contacts", "Idempotency", "Lists"],
        ["ApiTokens"] = ["Audit", "Plans"],
        ["Audit"] = ["Transfers"], // an export is a table like any other
        ["Dashboard"] = ["Plans"],
        ["Privacy"] = ["Audit", "Bulk", "Contacts", "Conversations", "Files", "Plans", "Transfers"], // a person is in all of them
        ["Users"] = ["Audit", "Notifications", "Plans"], // a person is told what changed about how they sign in
        ["Demo"] = ["ApiTokens", "Channels", "Contacts", "Costs", "Files", "Lookups", "Plans", "Templates", "Tenants", "Users"],
        ["Channels"] = ["Notifications", "Work"], // trouble with a number is told to its admins; it is read once a day
        ["Templates"] = ["Channels", "Files", "Lists", "Work"],
        ["Operations"] = ["Work"], // how much work waits
        ["Otp"] = ["Channels", "Idempotency", "Messaging", "Plans", "Templates"], // a code is a message from a template
        ["Comments"] = ["Files", "Idempotency", "Messaging", "Notifications"], // a comment moves its conversation, and tells whom it names
        // a template to a selection, through the outbox, within the plan
        ["Campaigns"] =
        [
            "Audit", "Channels", "Contacts", "Costs", "Files", "Messaging", "Notifications", "Plans", "Templates", "Transfers", "Work"
        ],
        ["Messaging"] =
        [
            "Audit", "Channels", "Contacts", "Conversations", "Costs", "Files", "Idempotency", "Lists", "Notifications", "Plans", "Templates",
            "Work"
        ],
        ["Notifications"] = ["Views", "Work"], // a person's choices are among their preferences; pushes are work
        ["Tenants"] = ["Users"],
        ["Webhooks"] = ["Idempotency", "Lists", "Notifications", "Plans"],
        ["Sandbox"] = ["Messaging"], // tells pages that a conversation moved
    };

    /// <summary>Libraries that belong to one room.</summary>
    private static readonly (string Library, string[] Rooms)[] Libraries =
    [
        ("Microsoft.EntityFrameworkCore", ["Data", "Features", "Hosting"]),
        ("Microsoft.Data.Sqlite", ["Data", "Hosting"]),
        ("Npgsql", ["Data", "Hosting"]),
        ("MudBlazor", ["Components", "Hosting"]),
        ("Microsoft.AspNetCore.Http", ["Api", "Components", "Hosting", "WhatsApp.Sandbox.Http"]),
        ("Microsoft.AspNetCore.Components", ["Components", "Hosting"]),
        ("PhoneNumbers", ["Common"]),
        ("Polly", ["WhatsApp"]),
        ("System.Net.Sockets", ["Downloads"]),
    ];

    /// <summary><c>LookupService&lt;Group&gt;</c>: which service is meant, not the entity's rows.</summary>
    private static readonly string[] NamesOfAService = ["Group", "Source", "Status"];

    /// <summary>Found once: reading the code of every method takes a second.</summary>
    private static readonly IReadOnlyList<Use> Uses =
    [
        .. AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location).MainModule.GetAllTypes()
            .Where(type => type.FullName.StartsWith(Root, StringComparison.Ordinal))
            .SelectMany(type => UsedBy(type).Where(used => used is not null).Select(used => new Use(Outer(type), used!)))
            .Distinct(),
    ];

    [Fact]
    public void Rooms_KnowOnlyWhomTheyMay() =>
        Uses
            .Where(use => MayKnow.TryGetValue(use.Room, out var may) && use.UsedRoom is { } used && used != use.Room && !may.Contains(used))
            .Select(use => $"{use.By} knows {use.Used}")
            .Distinct()
            .ShouldBeEmpty();

    /// <summary>The compiler copies their values, so that the compiled code tells nothing of it.</summary>
    [Fact]
    public void Constants_AreUsedOnlyWhereTheirRoomMayBeKnown()
    {
        var rooms = typeof(Program).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true
                && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.IsLiteral)
                .Select(field => (Name: $"{type.Name}.{field.Name}", Room: Part(type.FullName!, 0))))
            .ToLookup(constant => constant.Name, constant => constant.Room, StringComparer.Ordinal);

        MayKnow.SelectMany(room => SourceFiles.In(Path.Combine("WaCr.Web", room.Key), "*.cs")
                .SelectMany(file => File.ReadLines(file)
                    .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    .SelectMany(line => MemberNames().Matches(line))
                    .Select(match => match.Groups["name"].Value)
                    .Where(name => rooms.Contains(name) && !rooms[name].Any(used => used == room.Key || room.Value.Contains(used)))
                    .Select(name => $"{Path.GetRelativePath(SourceFiles.Root, file)} knows {name}")))
            .Distinct()
            .ShouldBeEmpty();
    }

    [Fact]
    public void Features_KnowOnlySiblingsOnTheList() =>
        Uses
            .Where(use => use is { Room: "Features", UsedRoom: "Features" })
            .Select(use => (use.By, use.Used, Feature: Part(use.By, 1), UsedFeature: Part(use.Used, 1)))
            .Where(use => use.Feature != use.UsedFeature && !SiblingFeatures.GetValueOrDefault(use.Feature, []).Contains(use.UsedFeature))
            .Select(use => $"{use.By} knows {use.Used}")
            .Distinct()
            .ShouldBeEmpty();

    [Fact]
    public void Libraries_StayInTheirRooms() =>
        Uses
            .Where(use => MayKnow.ContainsKey(use.Room))
            .Where(use =>
                Libraries.Any(library => use.Used.StartsWith(library.Library + ".", StringComparison.Ordinal)
                    && !library.Rooms.Any(room => use.By.StartsWith($"{Root}{room}.", StringComparison.Ordinal))))
            .Select(use => $"{use.By} knows {use.Used}")
            .Distinct()
            .ShouldBeEmpty();

    [Fact]
    public void Doors_NeverSeeAnEntity() =>
        Uses
            .Where(use => use.Room is "Components" or "Api" && use.UsedRoom == "Domain")
            .Where(use => typeof(Program).Assembly.GetType(use.Used.Replace('/', '+')) is { IsValueType: false } type
                && !NamesOfAService.Contains(type.Name))
            .Select(use => $"{use.By} knows {use.Used}")
            .Distinct()
            .ShouldBeEmpty();

    private static string Outer(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.FullName;
    }

    private static IEnumerable<string?> UsedBy(TypeDefinition type)
    {
        var used = new List<TypeReference?> { type.BaseType };
        used.AddRange(type.Interfaces.Select(implementation => implementation.InterfaceType));
        used.AddRange(type.Fields.Select(field => field.FieldType));
        used.AddRange(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        foreach (var method in type.Methods)
        {
            used.Add(method.ReturnType);
            used.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (!method.HasBody)
            {
                continue;
            }

            used.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
            foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
            {
                used.Add(operand switch
                {
                    TypeReference reference => reference,
                    MemberReference member => member.DeclaringType,
                    _ => null,
                });
                if (operand is MethodReference call)
                {
                    used.Add(call.ReturnType);
                    used.AddRange(call.Parameters.Select(parameter => parameter.ParameterType));
                    used.AddRange((call as GenericInstanceMethod)?.GenericArguments ?? []);
                }
            }
        }

        return used.OfType<TypeReference>().SelectMany(Flatten).Select(Outer).Distinct();
    }

    private static IEnumerable<TypeReference> Flatten(TypeReference type)
    {
        if (type is GenericInstanceType generic)
        {
            return generic.GenericArguments.SelectMany(Flatten).Prepend(generic.ElementType);
        }

        return type is TypeSpecification wrapped ? Flatten(wrapped.ElementType) : [type];
    }

    private static string Part(string fullName, int index) =>
        fullName.StartsWith(Root, StringComparison.Ordinal) && fullName.Split('.') is var parts && parts.Length > index + 3
            ? parts[index + 2]
            : "";

    [GeneratedRegex(@"\b(?=(?<name>[A-Z]\w*\.[A-Z]\w*))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemberNames();

    private sealed record Use(string By, string Used)
    {
        public string Room => Part(By, 0);

        public string? UsedRoom => Used.StartsWith(Root, StringComparison.Ordinal) && Part(Used, 0) is { Length: > 0 } room ? room : null;
    }
}
