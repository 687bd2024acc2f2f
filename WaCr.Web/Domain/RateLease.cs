namespace WaCr.Web.Domain;

/// <summary>A part of a minute's API calls.</summary>
/// <param name="Granted">Calls that this process may make more; 0 once all are leased.</param>
/// <param name="Leased">All that were leased in the minute, by any process.</param>
public readonly record struct RateLease(int Granted, int Leased);
