namespace WaCr.Web.Downloads;

/// <summary>Section <c>Push</c> of the configuration.</summary>
public sealed class PushOptions
{
    public const string Section = "Push";

    /// <summary>Whom push services may turn to: a <c>mailto:</c> or https address. By default <c>PublicUrl</c>.</summary>
    public string? Contact { get; set; }
}
