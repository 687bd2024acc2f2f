namespace WaCr.Web.Common;

/// <param name="Currency">ISO 4217, such as EUR.</param>
public readonly record struct Money(decimal Amount, string Currency);
