namespace WaCr.Web.Domain;

/// <summary>
/// A row of background work that several processes share: one at a time claims it. A claim moves <see cref="DueAt"/> to the end of the
/// lease, so that work of a crashed process becomes due again. The table needs an index on tenant and <see cref="DueAt"/>, and a key of the
/// tenant and one more column.
/// </summary>
public interface ILeased : ITenantOwned
{
    /// <summary>When it is due, or when its lease ends; null if there is nothing to do.</summary>
    DateTimeOffset? DueAt { get; set; }

    /// <summary>Who holds the lease.</summary>
    Guid? LeaseOwner { get; set; }

    /// <summary>How often it was claimed since its last progress.</summary>
    int Attempts { get; set; }
}
