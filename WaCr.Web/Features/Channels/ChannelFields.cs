namespace WaCr.Web.Features.Channels;

public static class ChannelFields
{
    public const string Name = "name";
    public const string PhoneNumberId = "phone_number_id";
    public const string BusinessAccountId = "business_account_id";
    public const string AccessToken = "access_token";
    public const string AppSecret = "app_secret";
    public const string VerifyToken = "verify_token";
    public const string DefaultStatusId = "default_status_id";
    public const string DefaultSourceId = "default_source_id";
    public const string AdSourceId = "ad_source_id";
    public const string DefaultAssignedId = "default_assigned_id";
    public const string OptOutWords = "opt_out_words";
    public const string MessagesPerSecond = "messages_per_second";
    public const string SendsReadReceipts = "sends_read_receipts";
}
