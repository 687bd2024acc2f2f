using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WaCr.Web.Data.Configurations;

/// <summary>Days as whole numbers, which both engines compare and bulk writes can bind.</summary>
internal static class DayNumbers
{
    public static readonly ValueConverter<DateOnly, int> Converter = new(day => day.DayNumber, number => DateOnly.FromDayNumber(number));
}
