using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Shared.Kit;

namespace WaCr.Web.Tests.Components;

/// <summary>Fields of the kit, used as a person would.</summary>
internal static class Fields
{
    /// <summary>The button with this text.</summary>
    public static AngleSharp.Dom.IElement FindButton(this IRenderedComponent<IComponent> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    /// <summary>The form of a contact, loaded.</summary>
    public static IRenderedComponent<ContactPage> OpenContact(this BunitContext browser, long id)
    {
        var page = browser.Render<ContactPage>(parameters => parameters.Add(contact => contact.Id, id));
        page.WaitForElement("#firstname");
        return page;
    }

    /// <summary>Takes the option with this value in the select of this id.</summary>
    public static Task ChooseAsync(this IRenderedComponent<IComponent> page, string id, object value)
    {
        var text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        var select = page.FindComponents<SelectField>().Single(field => field.Instance.Id == id).Instance;
        select.Options.ShouldContain(option => option.Value == text);
        return page.InvokeAsync(() => select.ValueChanged.InvokeAsync(text));
    }
}
