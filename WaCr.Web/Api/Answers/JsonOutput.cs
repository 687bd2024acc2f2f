using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WaCr.Web.Api.Answers;

/// <summary>
/// A thread's own buffer and writer, used again for every answer. An answer is written whole and synchronously, so
/// it has a length, and a fault half-way leaves nothing behind.
/// </summary>
internal sealed class JsonOutput
{
    private const int KeepAtMost = 256 * 1024;

    [ThreadStatic]
    private static JsonOutput? _ofThread;

    // Relaxed: the answer is JSON and never part of a page, and "+91" should read so.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private JsonOutput() => Json = new Utf8JsonWriter(_buffer, Options);

    public Utf8JsonWriter Json { get; }

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public static JsonOutput Start()
    {
        var output = _ofThread is { } kept && kept._buffer.Capacity <= KeepAtMost ? kept : _ofThread = new JsonOutput();
        output._buffer.ResetWrittenCount();
        output.Json.Reset(output._buffer);
        return output;
    }
}
