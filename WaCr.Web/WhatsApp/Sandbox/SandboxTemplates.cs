namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Templates of all accounts, in creation order.</summary>
internal sealed class SandboxTemplates
{
    private readonly Dictionary<string, SandboxTemplate> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Name, string Language), SandboxTemplate> _byName = [];
    private readonly Dictionary<string, List<SandboxTemplate>> _byAccount = new(StringComparer.Ordinal);

    public IEnumerable<SandboxTemplate> All => _byAccount.Values.SelectMany(templates => templates);

    public IReadOnlyList<SandboxTemplate> Of(string account) => _byAccount.GetValueOrDefault(account) ?? [];

    public SandboxTemplate? Find(string id) => _byId.GetValueOrDefault(id);

    public SandboxTemplate? Find(string account, string name, string language) => _byName.GetValueOrDefault((account, name, language));

    public void Add(SandboxTemplate template)
    {
        _byId.Add(template.Id, template);
        _byName.Add((template.BusinessAccountId, template.Name, template.Language), template);
        if (!_byAccount.TryGetValue(template.BusinessAccountId, out var templates))
        {
            _byAccount.Add(template.BusinessAccountId, templates = []);
        }

        templates.Add(template);
    }

    public void Remove(SandboxTemplate template)
    {
        _byId.Remove(template.Id);
        _byName.Remove((template.BusinessAccountId, template.Name, template.Language));
        _byAccount[template.BusinessAccountId].Remove(template);
    }

    public void Clear()
    {
        _byId.Clear();
        _byName.Clear();
        _byAccount.Clear();
    }
}
