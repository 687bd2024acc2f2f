namespace WaCr.Web.Components.Shared;

internal static partial class ComponentLog
{
    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "A page broke.")]
    public static partial void PageBroke(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "A page could not be loaded, or a change not be made.")]
    public static partial void AttemptFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1204, Level = LogLevel.Error, Message = "A page could not be brought up to date; it tries again.")]
    public static partial void RefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Information, Message = "A chosen picture has no preview.")]
    public static partial void NoPreview(ILogger logger, Exception exception);
}
