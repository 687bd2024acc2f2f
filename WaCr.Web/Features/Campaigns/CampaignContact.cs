using System.Linq.Expressions;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Campaigns;

/// <summary>The contact columns a campaign needs.</summary>
/// <param name="Fields">In the order of <see cref="ContactFields.Variables"/>.</param>
internal sealed record CampaignContact(Addressee Addressee, string?[] Fields)
{
    /// <summary>Loads only the text columns that a variable can use.</summary>
    public static readonly Expression<Func<Contact, CampaignContact>> Projection = Project();

    private static readonly Dictionary<string, int> Places =
        ContactFields.Variables.Select((field, index) => (field.Name, index)).ToDictionary(StringComparer.Ordinal);

    public long Id => Addressee.ContactId;

    public bool HasPhone => !PhoneNumber.IsNone(Addressee.PhoneKey);

    public string Name => $"{Addressee.FirstName} {Addressee.LastName}".Trim();

    public string? Read(string source) => source switch
    {
        CampaignSource.FirstName => Addressee.FirstName,
        CampaignSource.LastName => Addressee.LastName,
        CampaignSource.FullName => Name,
        CampaignSource.Phone => HasPhone ? PhoneNumber.FormatKey(Addressee.PhoneKey) : null,
        _ => Places.TryGetValue(source, out var index) ? Fields[index] : null,
    };

    private static Expression<Func<Contact, CampaignContact>> Project()
    {
        Expression<Func<Contact, Addressee>> addressee =
            c => new Addressee(c.Id, c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf, c.AssignedId);
        var contact = addressee.Parameters[0];
        var fields = Expression.NewArrayInit(
            typeof(string), ContactFields.Variables.Select(field =>
                Expression.Property(contact, ((MemberExpression)field.Column.Body).Member.Name)));
        return Expression.Lambda<Func<Contact, CampaignContact>>(
            Expression.New(
                typeof(CampaignContact).GetConstructor([typeof(Addressee), typeof(string[])])!, addressee.Body, fields), contact);
    }
}
