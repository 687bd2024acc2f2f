using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WaCr.Web.Api.Answers;

/// <summary>
/// A buffer and writer per thread, reused for every answer. An answer is written completely before it is sent, so it has a length and a
/// failure sends nothing.
/// </summary>
internal sealed class JsonOutput
{
    private const int KeepAtMost = 256 * 1024;

    [ThreadStatic]
    private static JsonOutput? _ofThread;

    // Relaxed escaping: answers are never embedded in HTML, and "+91" stays readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

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
