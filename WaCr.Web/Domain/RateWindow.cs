namespace WaCr.Web.Domain;

/// <summary>API calls of a minute that processes have leased. One row a token, and one for all of the tenant's tokens together.</summary>
public sealed class RateWindow : ITenantOwned
{
    /// <summary><see cref="TokenId"/> of the row of the whole tenant.</summary>
    public const long WholeTenant = 0;

    public long TenantId { get; set; }
    public long TokenId { get; set; }

    /// <summary>Minutes since 1970.</summary>
    public long Minute { get; set; }

    /// <summary>By all processes so far, at most the limit.</summary>
    public int Leased { get; set; }

    /// <summary>By the last lease alone.</summary>
    public int Granted { get; set; }
}
