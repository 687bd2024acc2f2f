using System.Text.RegularExpressions;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>A number's username at WhatsApp.</summary>
/// <param name="Name">Without the @; null if the number has none.</param>
/// <param name="IsShown">Whether customers see it already.</param>
/// <param name="Suggestions">Names that WhatsApp keeps free for the business; empty if the number has a name.</param>
public sealed record ChannelUsername(string? Name, bool IsShown, IReadOnlyList<string> Suggestions)
{
    /// <summary>False if WhatsApp offers none for this number.</summary>
    public bool IsOffered { get; init; } = true;
}

/// <summary>Reads and sets the username by which customers find a number. WhatsApp keeps it; nothing is stored here.</summary>
public sealed partial class ChannelUsernameService(TenantContext tenant, ChannelDirectory directory, IWhatsAppClient whatsApp)
{
    public const string NameField = "username";
    public const int NameMaxLength = 35;

    private const string Approved = "approved";
    private static readonly string[] DomainEndings = [".com", ".org", ".net", ".edu", ".gov", ".mil", ".us", ".in", ".html"];

    public async Task<Result<ChannelUsername>> GetAsync(long channelId, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(channelId, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var found = await whatsApp.FindUsernameAsync(opened.Value, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error is WhatsAppRefused { IsOfSomethingUnknown: true }
                ? new ChannelUsername(null, false, []) { IsOffered = false }
                : found.Error;
        }

        var (name, status) = found.Value;
        if (name is not null)
        {
            return new ChannelUsername(name, string.Equals(status, Approved, StringComparison.OrdinalIgnoreCase), []);
        }

        // Without suggestions a name can be typed all the same.
        var suggestions = await whatsApp.SuggestUsernamesAsync(opened.Value, cancellationToken);
        return new ChannelUsername(null, false, suggestions.Value ?? []);
    }

    /// <summary>The username that somebody typed, as WhatsApp writes it; an error if it breaks one of Meta's rules.</summary>
    public static Result<string> Read(string typed)
    {
        var username = typed.Trim().TrimStart('@').ToLowerInvariant();
        if (IsWellFormed(username))
        {
            return username;
        }

        var errors = new FieldErrors();
        errors.Add(NameField, ChannelErrors.UsernameShape);
        return new ValidationError(errors);
    }

    /// <summary>Claims a name; one that the number has is given up.</summary>
    public async Task<Result<Done>> SetAsync(long channelId, string typed, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(channelId, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var username = Read(typed);
        return username.Succeeded
            ? await whatsApp.SetUsernameAsync(opened.Value, username.Value, cancellationToken)
            : username.Error;
    }

    /// <summary>Gives the name up; others may claim it then.</summary>
    public async Task<Result<Done>> RemoveAsync(long channelId, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(channelId, cancellationToken);
        return opened.Succeeded ? await whatsApp.DeleteUsernameAsync(opened.Value, cancellationToken) : opened.Error;
    }

    private async Task<Result<WhatsAppChannel>> OpenAsync(long channelId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var opened = await directory.OpenAsync(channelId, cancellationToken);
        return opened.Succeeded ? opened.Value.Access : opened.Error;
    }

    private static bool IsWellFormed(string name) =>
        Form.IsMatch(name)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.StartsWith("www", StringComparison.Ordinal)
        && !DomainEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?=.*[a-z])[a-z0-9_][a-z0-9._]{1,33}[a-z0-9_]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }
}
