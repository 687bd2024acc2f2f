using WaCr.Web.Features.Sandbox;

namespace WaCr.Web.Components.Pages.Sandbox;

/// <param name="Name">A new person's name; null for a person the sandbox may know.</param>
public sealed record ChosenLine(PhoneLine Line, string? Name = null);
