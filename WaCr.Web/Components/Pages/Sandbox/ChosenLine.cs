using WaCr.Web.Features.Sandbox;

namespace WaCr.Web.Components.Pages.Sandbox;

/// <param name="Name">Of somebody who is new; null for those whom the sandbox may know.</param>
public sealed record ChosenLine(PhoneLine Line, string? Name = null);
