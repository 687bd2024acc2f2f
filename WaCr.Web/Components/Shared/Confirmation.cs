using MudBlazor;

namespace WaCr.Web.Components.Shared;

public static class Confirmation
{
    /// <summary>True only if the user confirmed; Escape and a click outside mean no.</summary>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, string title, string text, string yes, string no)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Text, text },
            { dialog => dialog.Yes, yes },
            { dialog => dialog.No, no },
        };
        var shown = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, DialogSizes.Small);
        return await shown.Result is { Canceled: false };
    }
}
