namespace WaCr.Web.Common;

/// <summary>Concurrent writes collided on every attempt. Nothing was changed; a later try may succeed.</summary>
public sealed class WriteContentionException(Exception inner)
    : Exception("Too many writes collided. Nothing was changed.", inner);
