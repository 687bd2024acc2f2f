namespace WaCr.Web.Components.Shared;

internal static partial class ComponentLog
{
    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "Rendering a page failed.")]
    public static partial void PageBroke(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "A page could not load data or save a change.")]
    public static partial void AttemptFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1204, Level = LogLevel.Error, Message = "A page could not refresh; it will try again.")]
    public static partial void RefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Information, Message = "A selected image has no preview.")]
    public static partial void NoPreview(ILogger logger, Exception exception);
}
