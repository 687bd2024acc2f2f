using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Api.Webhooks;

/// <summary>
/// Reads a webhook's body within limits on size, time and the memory of all requests together. Dispose releases its memory.
/// </summary>
internal sealed class WebhookBody(WebhookThrottle throttle) : IDisposable
{
    /// <summary>WhatsApp's own limit, in bytes.</summary>
    public const int MaxLength = 3 * 1024 * 1024;

    // WhatsApp's servers always send faster than this.
    private const double MinBytesPerSecond = 16 * 1024;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private byte[] _buffer = [];
    private int _length;
    private long _taken;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Null once all of it is read; else the HTTP status to answer.</summary>
    public async Task<int?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxLength)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(MinBytesPerSecond, GracePeriod);
        }

        // Cancelled through the reader, which can then still drain what arrives after the answer.
        var reader = context.Request.BodyReader;
        using var deadline = new CancellationTokenSource(throttle.ReadDeadline);
        await using var registration = deadline.Token.Register(reader.CancelPendingRead);
        return await ReadAsync(reader, context.RequestAborted);
    }

    public void Dispose() => throttle.GiveBackBytes(_taken);

    private async Task<int?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var refusal = read.IsCanceled ? StatusCodes.Status408RequestTimeout : Take(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (refusal is not null || read.IsCompleted)
            {
                return refusal;
            }
        }
    }

    private int? Take(ReadOnlySequence<byte> arrived)
    {
        var length = _length + arrived.Length;
        if (length > MaxLength)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (length > _buffer.Length && !TryGrowTo((int)length))
        {
            return StatusCodes.Status503ServiceUnavailable;
        }

        arrived.CopyTo(_buffer.AsSpan(_length));
        _length = (int)length;
        return null;
    }

    // At least doubles each time, and grows with the bytes received, not with Content-Length.
    private bool TryGrowTo(int length)
    {
        var wanted = Math.Min(Math.Max(length, _buffer.Length * 2), MaxLength);
        if (!throttle.TryTakeBytes(wanted - _buffer.Length))
        {
            return false;
        }

        _taken += wanted - _buffer.Length;
        Array.Resize(ref _buffer, wanted);
        return true;
    }
}
