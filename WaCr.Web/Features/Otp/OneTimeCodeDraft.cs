using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Otp;

/// <summary>
/// A one-time code to send. Its row is written together with the message before sending; the stored message does not show the code.
/// </summary>
internal sealed class OneTimeCodeDraft : MessageDraft
{
    private readonly string _code;
    private readonly IReadOnlyList<string> _additional;
    private readonly OneTimeCodeLimits? _limit;
    private readonly DateTimeOffset _now;

    private OneTimeCodeDraft(SendOneTimeCode request, DraftFields fields, string? freshCode, OneTimeCodeLimits? limit, DateTimeOffset now)
        : base(request, fields)
    {
        _now = now;
        _limit = limit;
        TemplateName = fields.Required(
            OneTimeCodeRules.TemplateName, request.TemplateName, Template.NameMaxLength, MessageErrors.TemplateNameRequired)
            ?? "";
        Language = fields.Text(OneTimeCodeRules.Language, request.Language, Template.LanguageMaxLength) ?? OneTimeCodeRules.DefaultLanguage;
        Purpose = fields.Text(OneTimeCodeRules.Purpose, request.Purpose, OneTimeCodeRules.PurposeMaxLength)
            ?? OneTimeCodeRules.DefaultPurpose;
        ExpiryMinutes = ReadExpiry(request.ExpiryMinutes.Or(null));
        _code = freshCode ?? ReadCode(request.Code);
        _additional = [.. request.AdditionalParameters.Select(text => text.Trim())];
    }

    public string TemplateName { get; }

    public string Language { get; }

    public string Purpose { get; }

    public int ExpiryMinutes { get; }

    public DateTimeOffset ExpiresAt => _now.AddMinutes(ExpiryMinutes);

    /// <summary>Set when it is stored.</summary>
    public long CodeId { get; private set; }

    public override MessageType Type => MessageType.Template;

    /// <param name="freshCode">A generated code; null if the caller brings one.</param>
    public static OneTimeCodeDraft Read(
        SendOneTimeCode request, DraftFields fields, string? freshCode, OneTimeCodeLimits? limit, DateTimeOffset now) =>
        new(request, fields, freshCode, limit, now) { To = fields.ReadDestination() };

    public override async Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var found = await TemplateFinder.FindAsync(db, channel.Access.BusinessAccountId, TemplateName, Language);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var form = found.Value;
        if (!form.IsAuthentication)
        {
            return new OneTimeCodeTemplateWrong();
        }

        var additional = _additional.Select(text => MergeFields.Fill(text, to)).ToList();
        var texts = TextsOf(form, _code, additional);
        var errors = ToAdditionalParameters(form.Check(texts));
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var phoneKey = To.Phone!.Key;
        if (_limit is not null && await _limit.TakeAsync(db, phoneKey, _now) is { } wait)
        {
            return new TooManyOneTimeCodeTries(wait);
        }

        await StoreAsync(db, phoneKey);
        var masked = TextsOf(form, MaskedCode.Text, additional);
        return new Composed(form.Fill(texts), form.Preview(masked))
        {
            Kept = form.Fill(masked),
            TemplateName = TemplateName,
            TemplateLanguage = Language,
        };
    }

    private int ReadExpiry(long? given)
    {
        if (given is { } minutes && minutes is < 1 or > OneTimeCodeRules.MaxExpiryMinutes)
        {
            Errors.Add(OneTimeCodeRules.ExpiryMinutes, OneTimeCodeRules.ExpiryRange);
            return OneTimeCodeRules.DefaultExpiryMinutes;
        }

        return (int)(given ?? OneTimeCodeRules.DefaultExpiryMinutes);
    }

    private string ReadCode(Optional<string?> given)
    {
        var code = Fields.Required(OneTimeCodeRules.Code, given, OneTimeCodeRules.CodeMaxLength, OneTimeCodeRules.CodeRequired) ?? "";
        if (code.Any(char.IsControl))
        {
            Errors.Add(OneTimeCodeRules.Code, TextRule.Unprintable);
        }

        return code;
    }

    /// <summary>Fills in the code everywhere the template wants it, then the minutes, then the caller's parameters.</summary>
    private Dictionary<string, string> TextsOf(TemplateForm form, string code, List<string> additional)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TemplateForm.BodyField(1)] = code,
            [TemplateForm.BodyField(2)] = ExpiryMinutes.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < additional.Count; i++)
        {
            texts[TemplateForm.BodyField(i + 3)] = additional[i];
        }

        foreach (var button in form.Parameters.Where(parameter => parameter.Kind is TemplateParameterKind.ButtonUrl
            or TemplateParameterKind.ButtonCode))
        {
            texts[button.Field] = code;
        }

        return texts;
    }

    /// <summary>Renames the template's errors to <c>additional_params</c>, counted from 0, for values beyond code and minutes.</summary>
    private static FieldErrors ToAdditionalParameters(FieldErrors errors)
    {
        var renamed = new FieldErrors();
        foreach (var (field, messages) in errors)
        {
            var index = Enumerable.Range(0, 100).FirstOrDefault(index => TemplateForm.BodyField(index + 3) == field, -1);
            foreach (var message in messages)
            {
                renamed.Add(
                    index < 0 ? field : string.Create(CultureInfo.InvariantCulture, $"{OneTimeCodeRules.AdditionalParameters}.{index}"), message);
            }
        }

        return renamed;
    }

    // One at a time, since only one may be active. Before it come the contacts' counter, if the contact is new, and the phone's limit.
    private async Task StoreAsync(AppDbContext db, string phoneKey)
    {
        await db.LockValueAsync(nameof(db.OneTimeCodes), $"{phoneKey} {Purpose}");
        await db.OneTimeCodes
            .Where(code => code.PhoneKey == phoneKey && code.Purpose == Purpose && code.State == OneTimeCodeState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.State, OneTimeCodeState.Void));
        var (salt, hash) = OneTimeCodeHash.Of(_code);
        var row = new OneTimeCode
        {
            PhoneKey = phoneKey,
            Purpose = Purpose,
            Salt = salt,
            Hash = hash,
            CreatedAt = _now,
            ExpiresAt = ExpiresAt,
        };
        db.OneTimeCodes.Add(row);
        await db.SaveChangesAsync();
        CodeId = row.Id;
    }
}
