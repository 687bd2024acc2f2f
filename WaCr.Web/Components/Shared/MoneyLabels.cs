namespace WaCr.Web.Components.Shared;

/// <summary>Amounts as the user's language writes them, with the currency's code where it puts the sign.</summary>
public static class MoneyLabels
{
    private const string Space = "\u00A0";

    /// <summary>Below a hundredth with four digits, since one message may cost less.</summary>
    public static string Of(Money money)
    {
        var format = CultureInfo.CurrentCulture;
        var amount = money.Amount.ToString(money.Amount is > 0 and < 0.01m ? "N4" : "N2", format);
        return format.NumberFormat.CurrencyPositivePattern is 0 or 2 ? money.Currency + Space + amount : amount + Space + money.Currency;
    }
}
