namespace WaCr.Web.Domain;

/// <summary>A workspace's own stop and start words in one language; they replace the shipped ones of that language.</summary>
public sealed class ConsentKeywordSet : ITenantOwned, IAudited
{
    public const int LanguageMaxLength = 10;
    public const int WordsMaxLength = 1000;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>One of the shipped languages, as in <c>pt</c>.</summary>
    public string Language { get; set; } = "";

    /// <summary>One per line. Empty: no word of this language stops anything.</summary>
    public string Stop { get; set; } = "";

    /// <summary>One per line.</summary>
    public string Start { get; set; } = "";
}
