namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The phone of a business number that is also in the WhatsApp Business app, by the control API.</summary>
internal sealed class BusinessPhoneControls(BusinessPhone business)
{
    public async Task<object?> AnswerAsync(ControlRequest request, string number, string[] act)
    {
        switch (request.Method, act)
        {
            case ("POST", ["history"]):
                var history = await request.ReadAsync<ControlBodies.History>();
                var threads = (history.Threads ?? []).Select(thread => ControlBodies.Whole(thread).ToThread()).ToList();
                var shared = history.Declined
                    ? business.DeclineHistory(number)
                    : business.ShareHistory(number, threads, history.ChunkMessages);
                return shared.Succeeded ? new { chunks = shared.Value } : shared.Error;
            case ("POST", ["contacts"]):
                var entry = await request.ReadAsync<ControlBodies.AddressBookEntry>();
                return ControlRequest.Answer(business.KeepContact(number, entry.Customer, entry.Name, entry.Removed));
            case ("POST", ["echoes"]):
                var echo = await request.ReadAsync<ControlBodies.Echo>();
                var (type, content, shown) = echo.ToMessage();
                return ControlRequest.Answer(business.Write(new(number, echo.Customer), type, content, shown));
            case ("POST", ["echoes", "edit"]):
                var edit = await request.ReadAsync<ControlBodies.EchoChange>();
                return ControlRequest.Answer(business.Edit(new(number, edit.Customer), edit.MessageId, edit.Body ?? ""));
            case ("POST", ["echoes", "revoke"]):
                var revoked = await request.ReadAsync<ControlBodies.EchoChange>();
                return ControlRequest.Answer(business.Revoke(new(number, revoked.Customer), revoked.MessageId));
            default:
                return null;
        }
    }
}
