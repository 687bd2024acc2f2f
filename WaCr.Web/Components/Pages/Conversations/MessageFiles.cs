using Microsoft.AspNetCore.Components.Forms;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>The files attached to the next message: accepted and rejected ones.</summary>
internal sealed class MessageFiles(FilePicking picking, ILogger logger) : IAsyncDisposable
{
    private const int MaxFiles = 10;

    /// <summary>How composer.js names what it records.</summary>
    private const string VoiceNoteName = "voice-note";

    private int _reading;
    private bool _isDisposed;

    public static string Accepts => string.Join(',', FileType.All.Select(type => $".{type.Extension}").Append("image/*"));

    public List<PickedFile> Picked { get; } = [];

    public List<(string Name, AppError Error)> Unfit { get; } = [];

    public bool IsReading => _reading > 0;

    /// <param name="chosen">The files chosen in the browser.</param>
    /// <param name="moved">Called after each change.</param>
    /// <param name="cancellationToken">Cancelled when the page closes.</param>
    public async Task TakeAsync(InputFileChangeEventArgs chosen, Action moved, CancellationToken cancellationToken)
    {
        Unfit.Clear();
        foreach (var file in chosen.GetMultipleFiles(Math.Max(MaxFiles, chosen.FileCount)).Take(MaxFiles - Picked.Count))
        {
            _reading++;
            moved();
            var taken = await Attempt.RunAsync(() => picking.TakeAsync(file, wanted: null, cancellationToken), logger, cancellationToken);
            _reading--;
            if (taken.Succeeded)
            {
                Picked.Add(taken.Value);
            }
            else
            {
                Unfit.Add((file.Name, taken.Error));
            }
        }
    }

    /// <summary>All of them, which the caller sends and disposes of from here on.</summary>
    public Queue<PickedFile> TakeAll()
    {
        var all = new Queue<PickedFile>(Picked);
        Picked.Clear();
        return all;
    }

    /// <summary>What could not be sent is attached again, or disposed of if the conversation was left.</summary>
    public async Task PutBackAsync(IReadOnlyCollection<PickedFile> unsent)
    {
        Picked.InsertRange(0, unsent);
        if (_isDisposed)
        {
            await DisposeAsync();
        }
    }

    public async Task DropAsync(PickedFile file)
    {
        Picked.Remove(file);
        await file.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        foreach (var file in Picked)
        {
            await file.DisposeAsync();
        }
    }

    /// <summary>WhatsApp takes none with sound and stickers.</summary>
    public static bool TakesCaption(PickedFile file) => file.Type.Kind != FileKind.Audio && !IsSticker(file);

    public static SendMessage RequestOf(PickedFile file, long contactId, string caption) => IsSticker(file)
        ? new SendSticker { ContactId = contactId, File = new FileInput(file.Content, file.Name) }
        : new SendMedia
        {
            ContactId = contactId,
            MediaType = file.Type.Kind switch { FileKind.Image => "image", FileKind.Video => "video", FileKind.Audio => "audio", _ => "document" },
            File = new FileInput(file.Content, file.Name),
            Caption = caption.Length > 0 ? caption : default(Optional<string?>),
            FileName = file.Name,
            IsVoice = file.Type == FileType.Opus && file.Name.StartsWith(VoiceNoteName, StringComparison.Ordinal),
        };

    // WhatsApp knows WebP as the format of stickers alone.
    private static bool IsSticker(PickedFile file) => file.Type == FileType.Webp;
}
