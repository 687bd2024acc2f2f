namespace WaCr.Web.Common;

/// <summary>
/// A value that may be absent, from every edge to the service. Absent leaves a field as it is; a given <c>null</c> clears it.
/// </summary>
public readonly record struct Optional<T>
{
    private readonly T _value;

    public Optional(T value)
    {
        _value = value;
        IsGiven = true;
    }

    public bool IsGiven { get; }

    public T Value => IsGiven ? _value : throw new InvalidOperationException("The field was not given.");

    public T Or(T fallback) => IsGiven ? _value : fallback;

#pragma warning disable CA2225
    public static implicit operator Optional<T>(T value) => new(value);
#pragma warning restore CA2225
}
