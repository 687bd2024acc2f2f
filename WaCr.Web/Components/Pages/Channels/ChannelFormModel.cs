using WaCr.Web.Features.Channels;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>A WhatsApp number's form: values as text, compared with what is saved, so that only changes are sent.</summary>
public sealed class ChannelFormModel
{
    private static readonly string[] Secrets = [ChannelFields.AccessToken, ChannelFields.AppSecret];

    private static readonly string[] Connection =
        [ChannelFields.PhoneNumberId, ChannelFields.BusinessAccountId, ChannelFields.AccessToken, ChannelFields.AppSecret];

    private readonly Dictionary<string, string> _kept;
    private readonly Dictionary<string, string> _values;

    /// <param name="channel">Null for a new number.</param>
    public ChannelFormModel(ChannelDetails? channel)
    {
        Channel = channel;
        _kept = new(StringComparer.Ordinal)
        {
            [ChannelFields.Name] = channel?.Name ?? "",
            [ChannelFields.PhoneNumberId] = channel?.PhoneNumberId ?? "",
            [ChannelFields.BusinessAccountId] = channel?.BusinessAccountId ?? "",
            [ChannelFields.VerifyToken] = channel?.VerifyToken ?? "",
            [ChannelFields.DefaultStatusId] = Text(channel?.DefaultStatusId),
            [ChannelFields.DefaultSourceId] = Text(channel?.DefaultSourceId),
            [ChannelFields.AdSourceId] = Text(channel?.AdSourceId),
            [ChannelFields.DefaultAssignedId] = Text(channel?.DefaultAssignedId),
            [ChannelFields.OptOutWords] = channel?.OptOutWords ?? "",
            [ChannelFields.SendsReadReceipts] = Flag(channel?.SendsReadReceipts ?? true),

            // Saved secrets are never loaded: input replaces one, an empty field keeps it.
            [ChannelFields.AccessToken] = "",
            [ChannelFields.AppSecret] = "",
        };
        _values = new(_kept, StringComparer.Ordinal);
    }

    public ChannelDetails? Channel { get; }

    public string this[string field]
    {
        get => _values[field];
        set => _values[field] = value;
    }

    /// <summary>What is in the form now, to compare with later.</summary>
    public ChannelFormModel Copy() => With(Channel);

    /// <summary>The same with the channel as it is now: what was typed stays.</summary>
    /// <param name="channel">Null for a new number.</param>
    /// <param name="sent">What was saved: of it, only what was typed since then stays.</param>
    public ChannelFormModel With(ChannelDetails? channel, ChannelFormModel? sent = null)
    {
        var model = new ChannelFormModel(channel);
        foreach (var field in _kept.Keys.Where(field => sent is null ? IsChanged(field) : _values[field] != sent._values[field]))
        {
            model[field] = _values[field];
        }

        return model;
    }

    public bool IsChanged(string field) => _values[field].Trim() != _kept[field].Trim();

    /// <summary>Whether something of what is checked is to be saved.</summary>
    public bool ChangesConnection => Connection.Any(IsChanged);

    public int Changes => _kept.Keys.Count(IsChanged);

    public bool HasKept(string secret) =>
        secret == ChannelFields.AccessToken ? Channel?.HasAccessToken == true : Channel?.HasAppSecret == true;

    public ChannelPatch ToPatch()
    {
        return new ChannelPatch
        {
            Name = Given(ChannelFields.Name),
            PhoneNumberId = Given(ChannelFields.PhoneNumberId),
            BusinessAccountId = Given(ChannelFields.BusinessAccountId),
            AccessToken = Given(ChannelFields.AccessToken),
            AppSecret = Given(ChannelFields.AppSecret),
            VerifyToken = Given(ChannelFields.VerifyToken),
            DefaultStatusId = Id(ChannelFields.DefaultStatusId),
            DefaultSourceId = Id(ChannelFields.DefaultSourceId),
            AdSourceId = Id(ChannelFields.AdSourceId),
            DefaultAssignedId = Id(ChannelFields.DefaultAssignedId),
            OptOutWords = Given(ChannelFields.OptOutWords),
            SendsReadReceipts = IsChanged(ChannelFields.SendsReadReceipts) ? IsOn(ChannelFields.SendsReadReceipts)
                : default(Optional<bool>),
        };

        Optional<string?> Given(string field) => IsChanged(field) ? new Optional<string?>(_values[field]) : default;

        Optional<long?> Id(string field) => IsChanged(field)
            ? new Optional<long?>(long.TryParse(_values[field], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null)
            : default;
    }

    public bool IsOn(string field) => _values[field] == Flag(true);

    public void Turn(string field, bool on) => _values[field] = Flag(on);

    private static string Flag(bool on) => on ? "true" : "false";

    public static bool IsSecret(string field) => Secrets.Contains(field);

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
