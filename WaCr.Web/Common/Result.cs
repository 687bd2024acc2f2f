using System.Diagnostics.CodeAnalysis;

namespace WaCr.Web.Common;

/// <summary>A service's answer: a value or an error.</summary>
public sealed class Result<T>
{
    private Result(T? value, AppError? error)
    {
        Value = value;
        Error = error;
    }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public T? Value { get; }

    public AppError? Error { get; }

#pragma warning disable CA2225 // The conversions are the way to make one; a named twin would be a second way.
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(AppError error) => new(default, error);
#pragma warning restore CA2225

    /// <summary>The value, for callers for whom an error would be a bug (seeding, tests).</summary>
    public T OrThrow() => Succeeded ? Value : throw new InvalidOperationException($"{Error.GetType().Name}: {Error.Message}");
}

/// <summary>Success without a value.</summary>
public readonly record struct Done;
