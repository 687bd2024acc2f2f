using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Api.V2;

internal static class CountriesEndpoints
{
    public static readonly WireShape<CountryItem> Country = new(
        "Country",
        WireField.Id<CountryItem>(country => country.Id),
        WireField.Text<CountryItem>("code", country => country.Code, "ISO 3166 alpha-2.", "IN"),
        WireField.Text<CountryItem>("code3", country => country.Code3, "ISO 3166 alpha-3.", "IND"),
        WireField.Text<CountryItem>("name", country => country.Name, "Short English name.", "India"));

    private static readonly ListSpec List = new(Country) { Sorts = ["id", "code", "name"] };

    public static void MapCountries(this IEndpointRouteBuilder api) =>
        api.MapRead("/countries", ListAsync, new("listCountries", "List countries", Permissions.ContactsRead)
        {
            Description = "Lists the countries; `country_id` takes their ids.",
            List = List,
        });

    private static async Task<IResult> ListAsync(ListRequest list, CountryQueries countries, CancellationToken cancellationToken) =>
        ShortList.Answer(
            "Countries retrieved successfully", await countries.ListAsync(cancellationToken), list, Country,
            country => $"{country.Name}\n{country.Code}\n{country.Code3}", SortKey);

    private static object SortKey(CountryItem country, string field) => field switch
    {
        "id" => country.Id,
        "code" => country.Code,
        _ => TextKey.Folded(country.Name),
    };
}
