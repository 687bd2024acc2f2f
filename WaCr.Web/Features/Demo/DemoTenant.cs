using WaCr.Web.Features.Tenants;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <param name="Seed">Seed of the random numbers for its contacts.</param>
/// <param name="OnlyCountry">Country of all its contacts; null for any.</param>
internal sealed record DemoTenant(CreateTenant Request, int Contacts, int Seed, string? OnlyCountry)
{
    public static readonly DemoTenant First = new(
        new CreateTenant("Riverside Trading", "demo", "business", "IN", "Asia/Kolkata"), 2000, 20260101, null)
    {
        Number = SandboxNumber.Shipped[0],
        Conversations = 300,
        People = [(Role.Viewer, "Farah Khan"), (Role.Agent, "Arjun Nair"), (Role.Admin, "Meera Iyer"), (Role.Owner, "Devika Rao")],
        Statuses =
        [
            ("Contacted", "#1565C0"), ("Qualified", "#6A1B9A"), ("Proposal sent", "#EF6C00"), ("Won", "#00695C"), ("Lost", "#757575")
        ],
        Sources = ["Website", "WhatsApp", "Referral", "Trade fair", "Import"],
        Groups = ["VIP", "Wholesale", "Newsletter", "Diwali campaign 🪔", "Late payers", "Export partners", "Local pick-ups"],
    };

    public static readonly DemoTenant Second = new(
        new CreateTenant("Café Aurora", "other", "starter", "BR", "America/Sao_Paulo"), 40, 20260202, "BR")
    {
        Number = SandboxNumber.Shipped[1],
        Conversations = 12,
        People =
        [
            (Role.Viewer, "Inês Leitão"), (Role.Agent, "Caetano Souza"), (Role.Admin, "Letícia Brandão"), (Role.Owner, "Otávio Simões")
        ],
        Statuses = [("Cliente", "#00695C"), ("Inativo", "#757575")],
        Sources = ["Instagram", "Indicação"],
        Groups = ["Assinantes", "Eventos"],
    };

    public static readonly IReadOnlyList<DemoTenant> All = [First, Second];

    public required SandboxNumber Number { get; init; }
    public required int Conversations { get; init; }
    public required IReadOnlyList<(Role Role, string Name)> People { get; init; }
    public required IReadOnlyList<(string Name, string Color)> Statuses { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }

    public string EmailOf(Role role) => $"{role.ToString().ToLowerInvariant()}@{Request.Subdomain}.test";
}
