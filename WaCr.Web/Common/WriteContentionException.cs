namespace WaCr.Web.Common;

/// <summary>Too many changed the same at once, however often it was tried again. Nothing was changed; a later try may succeed.</summary>
public sealed class WriteContentionException(Exception inner)
    : Exception("Too many writes collided. Nothing was changed.", inner);
