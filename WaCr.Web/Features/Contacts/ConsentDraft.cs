using System.Linq.Expressions;

namespace WaCr.Web.Features.Contacts;

/// <summary>A <see cref="ConsentPatch"/> after the checks that need no contact.</summary>
internal sealed record ConsentDraft(ConsentChange Change, ConsentStatement? Statement)
{
    public static ConsentDraft? Read(ConsentPatch? patch, FieldErrors errors)
    {
        if (patch is null)
        {
            return null;
        }

        MarketingConsent? marketing = null;
        switch (patch.Marketing)
        {
            case null or "unknown": break;
            case "granted": marketing = MarketingConsent.Granted; break;
            case "denied": marketing = MarketingConsent.Denied; break;
            default: errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingInvalid); break;
        }

        ServiceConsent? service = null;
        switch (patch.Service)
        {
            case null: break;
            case "allowed": service = ServiceConsent.Allowed; break;
            case "denied": service = ServiceConsent.Denied; break;
            default: errors.Add(ConsentPatch.ServiceField, ContactErrors.ServiceInvalid); break;
        }

        var source = TextRule.Check(errors, ConsentPatch.SourceField, patch.Source, ConsentRecord.SourceMaxLength);
        var proof = TextRule.Check(errors, ConsentPatch.ProofField, patch.Proof, ConsentRecord.ProofMaxLength);
        return new ConsentDraft(new ConsentChange(marketing, service), source is null && proof is null ? null
            : new ConsentStatement(source, proof));
    }

    /// <summary>The rules that depend on what the contact wanted before.</summary>
    public FieldErrors CheckFor(Consent before)
    {
        var errors = new FieldErrors();
        var after = before.With(Change);
        if (Change.Marketing == MarketingConsent.Granted && after.Service == ServiceConsent.Denied)
        {
            errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingWithoutService);
        }

        if (Statement?.Source is null && Allows(before, after))
        {
            errors.Add(ConsentPatch.SourceField, ContactErrors.ConsentSourceRequired);
        }

        return errors;
    }

    /// <summary>The same for contacts that want different things: those who want no messages at all are left alone where only marketing
    /// is granted.</summary>
    public FieldErrors CheckForMany()
    {
        var errors = new FieldErrors();
        if (Change.Marketing == MarketingConsent.Granted && Change.Service == ServiceConsent.Denied)
        {
            errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingWithoutService);
        }

        if (Statement?.Source is null && (Change.Marketing == MarketingConsent.Granted || Change.Service == ServiceConsent.Allowed))
        {
            errors.Add(ConsentPatch.SourceField, ContactErrors.ConsentSourceRequired);
        }

        return errors;
    }

    /// <summary>The contacts that want something else than this.</summary>
    public Expression<Func<Contact, bool>> Differs() => (Change.Marketing, Change.Service) switch
    {
        (_, ServiceConsent.Denied) => c => !c.IsOptedOut || c.OptedOutOf != ConsentPurpose.Everything,
        (MarketingConsent.Granted, ServiceConsent.Allowed) => c => c.IsOptedOut || !c.AgreesToMarketing,
        (MarketingConsent.Denied, ServiceConsent.Allowed) => c => !c.IsOptedOut || c.OptedOutOf != ConsentPurpose.Marketing,
        (_, ServiceConsent.Allowed) => c => c.IsOptedOut && c.OptedOutOf == ConsentPurpose.Everything,
        (MarketingConsent.Granted, _) => c => c.IsOptedOut ? c.OptedOutOf == ConsentPurpose.Marketing : !c.AgreesToMarketing,
        (MarketingConsent.Denied, _) => c => !c.IsOptedOut,
        _ => c => false,
    };

    /// <summary>Whether more may be sent than before.</summary>
    private static bool Allows(Consent before, Consent after) =>
        (after.Marketing == MarketingConsent.Granted && before.Marketing != MarketingConsent.Granted)
        || (after.Service == ServiceConsent.Allowed && before.Service == ServiceConsent.Denied);
}
