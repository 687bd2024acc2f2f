using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Finds a number or a chat's two sides, and passes on what happens there.</summary>
internal sealed partial class SandboxWorld
{
    private static readonly TimeSpan FileLives = TimeSpan.FromDays(7);

    /// <param name="phoneNumberId">Null for the first number.</param>
    /// <param name="work">What is done in its turn.</param>
    public Result<T> OnNumber<T>(string? phoneNumberId, Func<SandboxNumber, Result<T>> work) => Do<Result<T>>(() =>
    {
        var number = phoneNumberId is null ? (Numbers.Count > 0 ? Numbers[0] : null) : FindNumber(phoneNumberId);
        return number is null ? new SandboxProblem("There is no number with this phone_number_id.") : work(number);
    });

    public Result<T> OnChat<T>(SandboxChat chat, Func<SandboxNumber, SandboxCustomer, Result<T>> work) =>
        OnNumber<T>(chat.PhoneNumberId, number =>
    {
        var person = WaIds.IsUserId(chat.Customer) ? People.FindByUserId(chat.Customer, number.BusinessAccountId)
            : WaIds.Digits(chat.Customer) is { } digits ? People.FindOrAdd(digits)
            : null;
        return person is null
            ? new SandboxProblem("The customer must be a phone number, or the user id of somebody who is known.")
            : work(number, person);
    });

    public Result<T> OnMessage<T>(
        SandboxChat chat, string messageId, Func<SandboxNumber, SandboxCustomer, SandboxMessage, Result<T>> work) =>
        OnChat<T>(chat, (number, person) =>
            Chats.Find(messageId) is { } message && message.Customer == person.WaId && message.PhoneNumberId == number.PhoneNumberId
                ? work(number, person, message)
                : new SandboxProblem("The chat has no message with this id."));

    /// <summary>Stores a file, and returns the content of its message.</summary>
    public JsonObject Store(SandboxNumber number, SandboxFile file)
    {
        var media = Files.Add(number.BusinessAccountId, file.MimeType, file.Bytes, Clock.Now + FileLives);
        var content = new JsonObject { ["id"] = media.Id, ["mime_type"] = media.MimeType, ["sha256"] = media.Sha256 };
        if (file.Caption is { } caption)
        {
            content["caption"] = Json.Whole(caption);
        }

        if (file is { Type: "document", FileName: { } name })
        {
            content["filename"] = Json.Whole(name);
        }

        if (file.Type == "audio")
        {
            content["voice"] = file.Voice;
        }

        return content;
    }

    /// <summary>As often as the number's events are set to come.</summary>
    public void NotifyWithDuplicates(SandboxNumber number, string field, JsonObject value)
    {
        for (var copy = 0; copy <= BehaviourOf(number.PhoneNumberId).Duplicates; copy++)
        {
            Notify(number, field, value);
        }
    }
}
