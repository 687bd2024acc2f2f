using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Finds a chat's two sides, and tells the product of what happens in it.</summary>
internal static class SandboxChatting
{
    public static Result<T> OnChat<T>(
        this SandboxWorld world, SandboxChat chat, Func<SandboxNumber, SandboxCustomer, Result<T>> work) => world.Do<Result<T>>(() =>
    {
        var number = chat.PhoneNumberId is null
            ? (world.Numbers.Count > 0 ? world.Numbers[0] : null)
            : world.FindNumber(chat.PhoneNumberId);
        if (number is null)
        {
            return new SandboxProblem("There is no number with this phone_number_id.");
        }

        var person = WaIds.IsUserId(chat.Customer) ? world.People.FindByUserId(chat.Customer, number.BusinessAccountId)
            : WaIds.Digits(chat.Customer) is { } digits ? world.People.FindOrAdd(digits)
            : null;
        return person is null
            ? new SandboxProblem("The customer must be a phone number, or the user id of somebody who is known.")
            : work(number, person);
    });

    public static Result<T> OnMessage<T>(
        this SandboxWorld world, SandboxChat chat, string messageId,
        Func<SandboxNumber, SandboxCustomer, SandboxMessage, Result<T>> work) =>
        world.OnChat<T>(chat, (number, person) =>
            world.Chats.Find(messageId) is { } message && message.Customer == person.WaId && message.PhoneNumberId == number.PhoneNumberId
                ? work(number, person, message)
                : new SandboxProblem("The chat has no message with this id."));

    /// <summary>As often as the number's events are set to come.</summary>
    public static void Tell(this SandboxWorld world, SandboxNumber number, string field, JsonObject value)
    {
        for (var copy = 0; copy <= world.BehaviourOf(number.PhoneNumberId).Duplicates; copy++)
        {
            world.Notify(number, field, value);
        }
    }
}
