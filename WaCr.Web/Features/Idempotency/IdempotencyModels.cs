namespace WaCr.Web.Features.Idempotency;

/// <param name="Body">Exactly as sent.</param>
public sealed record StoredAnswer(int StatusCode, string? Location, string? ETag, byte[] Body);

/// <summary>State of an idempotency key.</summary>
public abstract record KeyState;

/// <summary>The key is reserved for this request.</summary>
/// <param name="Outcome">Effect of an earlier run: the request must not be executed again. Null on the first run.</param>
public sealed record KeyReserved(long Id, Guid Owner, string? Outcome) : KeyState;

/// <summary>The request was already answered.</summary>
public sealed record KeyAnswered(StoredAnswer Answer) : KeyState;

/// <summary>The request is still running.</summary>
public sealed record KeyInProgress : KeyState;

/// <summary>The key was used for a different request.</summary>
public sealed record KeyReused : KeyState;
