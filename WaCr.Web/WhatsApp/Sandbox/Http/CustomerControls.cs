namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>A customer's phone, by the control API.</summary>
internal sealed class CustomerControls(SandboxConsole console, SandboxPhone phone)
{
    public async Task<object?> AnswerAsync(ControlRequest request, string customer, string[] act)
    {
        switch (request.Method, act)
        {
            case ("GET", ["messages"]):
                return console.Messages(customer, request.Limit);
            case ("POST", ["text"]):
                var text = await request.ReadAsync<ControlBodies.Text>();
                return ControlRequest.Answer(phone.Write(new(text.PhoneNumberId, customer), text.Body, text.ReplyTo));
            case ("POST", ["media"]):
                var file = await request.ReadAsync<ControlBodies.File>();
                return ControlRequest.Answer(phone.Send(new(file.PhoneNumberId, customer), file.ToFile()));
            case ("POST", ["message"]):
                var raw = await request.ReadAsync<ControlBodies.Raw>();
                return ControlRequest.Answer(phone.Say(
                    new(raw.PhoneNumberId, customer), raw.Type, raw.Content, raw.Text, raw.ReplyTo, raw.Beside()));
            case ("POST", ["choose"]):
                var choice = await request.ReadAsync<ControlBodies.Choice>();
                return ControlRequest.Answer(phone.Choose(new(choice.PhoneNumberId, customer), choice.MessageId, choice.Option));
            case ("POST", ["reaction"]):
                var reaction = await request.ReadAsync<ControlBodies.Reaction>();
                return ControlRequest.Answer(phone.React(new(reaction.PhoneNumberId, customer), reaction.MessageId, reaction.Emoji));
            case ("POST", ["edit"]):
                var edit = await request.ReadAsync<ControlBodies.Change>();
                return ControlRequest.Answer(phone.Edit(new(edit.PhoneNumberId, customer), edit.MessageId, edit.Body ?? ""));
            case ("POST", ["revoke"]):
                var revoked = await request.ReadAsync<ControlBodies.Change>();
                return ControlRequest.Answer(phone.Revoke(new(revoked.PhoneNumberId, customer), revoked.MessageId));
            case ("POST", ["read"]):
                var read = phone.Read(await ChatAsync(request, customer));
                return read.Succeeded ? new { read = read.Value } : read.Error;
            case ("POST", ["block" or "unblock"]):
                return ControlRequest.Answer(phone.Block(await ChatAsync(request, customer), act[0] == "block"));
            case ("POST", ["offline" or "online"]):
                return ControlRequest.Answer(phone.GoOffline(await ChatAsync(request, customer), act[0] == "offline"));
            case ("POST", ["call"]):
                var call = request.HasBody ? await request.ReadAsync<ControlBodies.Call>() : new();
                return ControlRequest.Answer(phone.Ring(new(call.PhoneNumberId, customer), call.Duration, call.Status));
            case ("POST", ["age"]):
                var shift = await request.ReadAsync<ControlBodies.TimeShift>();
                return ControlRequest.Answer(phone.Age(new(shift.PhoneNumberId, customer), ControlRequest.Shift(shift.Seconds)));
            case ("POST", ["stop" or "resume"]):
                return ControlRequest.Answer(phone.Prefer(await ChatAsync(request, customer), act[0] == "resume"));
            case ("POST", ["number"]):
                var number = await request.ReadAsync<ControlBodies.NewNumber>();
                return ControlRequest.Answer(phone.ChangeNumber(new(number.PhoneNumberId, customer), number.Phone));
            case ("POST", ["profile"]):
                var person = await request.ReadAsync<ControlBodies.Person>();
                return ControlRequest.Answer(
                    phone.ChangeProfile(new(person.PhoneNumberId, customer), person.Name, person.Username, person.ParentUserId));
            case ("POST", ["user-id"]):
                var renamed = request.HasBody ? await request.ReadAsync<ControlBodies.NewUserId>() : new();
                return ControlRequest.Answer(
                    phone.ChangeUserId(new(renamed.PhoneNumberId, customer), renamed.UserId, renamed.ParentUserId));
            default:
                return null;
        }
    }

    private static async Task<SandboxChat> ChatAsync(ControlRequest request, string customer) =>
        new(request.HasBody ? (await request.ReadAsync<ControlBodies.Chat>()).PhoneNumberId : null, customer);
}
