namespace WaCr.Web.Features.Idempotency;

/// <param name="Body">As it was sent, byte for byte.</param>
public sealed record StoredAnswer(int StatusCode, string? Location, string? ETag, byte[] Body);

/// <summary>What a key stands for at the moment.</summary>
public abstract record KeyState;

/// <summary>It is ours now.</summary>
/// <param name="Outcome">What an earlier run has changed: the request must not be carried out again. Null in the first.</param>
public sealed record KeyReserved(long Id, Guid Owner, string? Outcome) : KeyState;

/// <summary>The same request was answered before.</summary>
public sealed record KeyAnswered(StoredAnswer Answer) : KeyState;

/// <summary>The same request is still running.</summary>
public sealed record KeyInProgress : KeyState;

/// <summary>It belongs to another request.</summary>
public sealed record KeyReused : KeyState;
