namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Error codes with Meta's titles.</summary>
internal static class RefusalTitles
{
    private static readonly Dictionary<int, (string Title, string Details)> Known = new()
    {
        [0] = ("AuthException", "The app user could not be authenticated."),
        [1] = ("API Unknown", "Invalid request or possible server error."),
        [2] = ("API Service", "Temporary due to downtime or due to being overloaded."),
        [3] = ("API Method", "Capability or permissions issue."),
        [4] = ("Application request limit reached", "The app has reached its API call rate limit."),
        [10] = ("Application does not have permission for this action", "Permission is either not granted or has been removed."),
        [33] = ("Parameter value is not valid", "The business phone number has been deleted."),
        [100] = ("Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
        [190] = ("Invalid OAuth access token", "The access token has expired."),
        [200] = ("API Permission", "Permission is either not granted or has been removed."),
        [368] = (
            "Temporarily blocked for policies violations", "The account has been restricted or disabled for violating a platform policy."),
        [470] = (
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number",
            "Re-engagement message."),
        [80007] = ("Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
        [130403] = ("User is blocked", "The business has blocked this user."),
        [130429] = ("Rate limit hit", "Cloud API message throughput has been reached."),
        [130472] = ("User's number is part of an experiment", "Message was not sent as part of an experiment."),
        [130497] = (
            "Business account is restricted from messaging users in this country", "The account may not write to users of this country."),
        [131000] = ("Something went wrong", "Message failed to send due to an unknown error."),
        [131005] = ("Access denied", "Permission is either not granted or has been removed."),
        [131008] = ("Required parameter is missing", "The request is missing a required parameter."),
        [131009] = ("Parameter value is not valid", "One or more parameter values are invalid."),
        [131016] = ("Service unavailable", "A service is temporarily unavailable."),
        [131021] = ("Recipient cannot be sender", "Sender and recipient phone number is the same."),
        [131026] = ("Message undeliverable", "Message Undeliverable."),
        [131030] = (
            "Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."),
        [131031] = ("Account has been locked", "The account has been restricted or disabled for violating a platform policy."),
        [131037] = ("Display name approval needed", "The display name of this phone number is not approved."),
        [131042] = (
            "Business eligibility payment issue",
            "Message failed to send because there were one or more errors related to your payment method."),
        [131045] = ("Incorrect certificate", "Message failed to send due to a phone number registration error."),
        [131047] = (
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
        [131048] = (
            "Spam rate limit hit",
            "Message failed to send because there are restrictions on how many messages can be sent from this phone number."),
        [131049] = ("Meta chose not to deliver", "This message was not delivered to maintain healthy ecosystem engagement."),
        [131050] = (
            "User has stopped receiving marketing messages",
            "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages."),
        [131051] = ("Message type unknown", "Message type is currently not supported."),
        [131052] = ("Media download error", "Unable to download the media sent by the user."),
        [131053] = ("Media upload error", "Unable to upload the media used in the message."),
        [131056] = (
            "(Business Account, Consumer Account) pair rate limit hit",
            "Too many messages sent from the sender phone number to the same recipient phone number in a short period of time."),
        [131057] = ("Account in maintenance mode", "The business account is in maintenance mode."),
        [131062] = (
            "Business-scoped user id is not supported for this message", "Authentication messages need the recipient's phone number."),
        [131063] = ("Marketing templates are not enabled", "Marketing templates are disabled on Cloud API for this account."),
        [131064] = ("Messaging limit reduced", "The messaging limit was cut because of template-classification violations."),
        [131044] = ("Calling is not allowed", "Calling is not enabled for this number."),
        [131055] = ("Method not allowed", "The Marketing Messages API is not enabled for this number."),
        [132068] = ("Flow is blocked", "The flow is in blocked state."),
        [132069] = ("Flow is throttled", "The flow is in throttled state; too many messages were sent with it in the last hour."),
        [133000] = ("Incomplete deregistration", "A previous deregistration attempt failed."),
        [133008] = ("Too many two-step verification PIN guesses", "Too many wrong PINs for this number."),
        [133009] = ("Two-step verification PIN guessed too fast", "The PIN was entered too quickly."),
        [133015] = ("Phone number was deleted a moment ago", "Wait before registering the number again."),
        [133016] = ("Account register or deregister rate limit exceeded", "Too many attempts to register the number."),
        [134100] = ("Only marketing messages are supported", "Only marketing templates can be sent by this API."),
        [134101] = ("Template is still being synced", "The template is not ready for the Marketing Messages API yet."),
        [134102] = ("Template is unavailable", "The template cannot be used by the Marketing Messages API."),
        [138000] = ("Calling is not enabled", "Calling is not enabled for this number."),
        [139000] = ("Blocked by integrity", "The flow was blocked by an integrity check."),
        [139100] = ("Failed to block or unblock users", "One or more users could not be blocked or unblocked."),
        [132000] = (
            "Number of parameters does not match the expected number of params",
            "The number of parameter values differs from the template's."),
        [132001] = (
            "Template name does not exist in the translation",
            "The template does not exist in the specified language or the template has not been approved."),
        [132005] = ("Translated text too long", "Translated text is too long."),
        [132007] = ("Template format character policy violated", "Template content violates a policy."),
        [132008] = ("Parameter value is not valid", "A template parameter's value is not valid."),
        [132012] = (
            "Parameter format does not match format in the created template", "Variable parameter values are formatted incorrectly."),
        [132015] = ("Template is paused", "Template is paused due to low quality so it cannot be sent in a template message."),
        [132016] = ("Template is disabled", "Template has been paused too many times due to low quality and is now permanently disabled."),
        [132018] = ("Template validation error", "There was an error when validating the template's parameters."),
        [133004] = ("Server temporarily unavailable", "Server is temporarily unavailable."),
        [133005] = ("Two step verification PIN Mismatch", "The PIN is not the number's two-step verification PIN."),
        [133006] = ("Phone number re-verification needed", "Verify the phone number before it is registered."),
        [133010] = ("Account not registered", "Phone number not registered on the WhatsApp Business Platform."),
        [134011] = ("WhatsApp Payments terms of service has not been accepted", "Payments terms are pending."),
        [135000] = ("Generic user error", "Message failed to send because of an unknown error with your request parameters."),
        [137000] = ("Recipient identity key hash mismatch", "The identity of the recipient has changed."),
    };

    public static string Of(int code) => Known.TryGetValue(code, out var known) ? known.Title : "Unknown error";

    public static string DetailsOf(int code) => Known.TryGetValue(code, out var known) ? known.Details : "No details are known.";

    public static bool Contains(int code) => Known.ContainsKey(code);
}
