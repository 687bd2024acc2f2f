using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>A short message about what was just done. Two with the same text are distinct.</summary>
/// <param name="undo">Undoes it; null if impossible.</param>
public sealed class Toast(string text, Func<Task>? undo, bool isError)
{
    public string Text { get; } = text;

    public Func<Task>? Undo { get; } = undo;

    public bool IsError { get; } = isError;

    // WCAG 2.2.1: slow readers and keyboard users must reach Undo; hover and focus also pause the timer.
    public TimeSpan Stays => Undo is null && !IsError ? TimeSpan.FromSeconds(6) : TimeSpan.FromSeconds(12);
}

/// <summary>Shows what was done in a corner; <see cref="UndoToasts"/> displays it on every page of the circuit.</summary>
public sealed class Toasts(Localizer T)
{
    private const int AtOnce = 4;

    private readonly List<Toast> _shown = [];

    public event EventHandler? Changed;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Toast> Shown => _shown;

    public void Show(string text, Func<Task>? undo = null) => Add(new Toast(text, undo, isError: false));

    public void Fail(AppError error) => Add(new Toast(ErrorLabels.Of(T, error).Title, undo: null, isError: true));

    /// <param name="text">What cannot be done, and why.</param>
    public void Fail(string text) => Add(new Toast(text, undo: null, isError: true));

    /// <param name="isCopied">What copyText answered: a browser may refuse, on plain http or since the click was too long ago.</param>
    /// <param name="text">What was copied.</param>
    public void ShowCopied(bool isCopied, string text)
    {
        if (isCopied)
        {
            Show(text);
        }
        else
        {
            Fail(T["The browser did not allow copying"]);
        }
    }

    public void Close(Toast toast)
    {
        if (_shown.Remove(toast))
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Add(Toast toast)
    {
        _shown.Add(toast);
        if (_shown.Count > AtOnce)
        {
            _shown.RemoveAt(0);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
