namespace WaCr.Web.Domain;

/// <summary>A template that somebody writes and has not submitted, kept so that a reload or a restart loses nothing.</summary>
public sealed class UnsavedTemplate : ITenantOwned
{
    public long Id { get; set; }
    public long TenantId { get; set; }
    public long UserId { get; set; }

    /// <summary>The template being edited; null for a new one.</summary>
    public long? TemplateId { get; set; }

    /// <summary>For the list of drafts; may be empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>JSON: everything written so far.</summary>
    public string Design { get; set; } = "{}";

    public DateTimeOffset KeptAt { get; set; }
}
