namespace WaCr.Web.Features.Idempotency;

/// <param name="Body">As it was sent, byte for byte.</param>
public sealed record StoredAnswer(int StatusCode, string? Location, string? ETag, byte[] Body);

/// <summary>What a key stands for at the moment.</summary>
public abstract record KeyState;

/// <summary>It is ours now.</summary>
public sealed record KeyReserved(long Id) : KeyState;

/// <summary>The same request was answered before.</summary>
public sealed record KeyAnswered(StoredAnswer Answer) : KeyState;

/// <summary>The same request is still running.</summary>
public sealed record KeyInProgress : KeyState;

/// <summary>It belongs to another request.</summary>
public sealed record KeyReused : KeyState;
