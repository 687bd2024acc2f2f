namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>One post to the product, and its result.</summary>
internal sealed record WebhookDelivery(string Id, string PhoneNumberId, Uri Address, DateTimeOffset At, byte[] Body, string Signature)
{
    /// <summary>HTTP statuses of the attempts; 0 without an answer.</summary>
    public IReadOnlyList<int> Answers { get; set; } = [];

    public bool IsDelivered => Answers is [.., 200];

    public override string ToString() => $"{nameof(WebhookDelivery)} {Id}";
}
