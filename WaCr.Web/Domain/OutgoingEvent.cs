using System.Globalization;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>
/// A change that other systems are told of, written in the change's own transaction; only where a webhook wants its kind. It holds what the thing
/// was like then, so that it says the same however late it is sent.
/// </summary>
public sealed class OutgoingEvent : ITenantOwned
{
    public const int TypeMaxLength = 40;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; set; } = "";

    public long ResourceId { get; set; }

    /// <summary>Whose data it holds; null where it is about nobody. Not bound by a foreign key: the contact may be gone.</summary>
    public long? ContactId { get; set; }

    /// <summary>Random: an id that a restored backup gives out again is not the same event.</summary>
    public int Nonce { get; set; }

    public ChangeOrigin ChangeOrigin { get; set; }
    public string? RequestId { get; set; }
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>JSON: the fields that changed, each with what it was and became; null where it is no update.</summary>
    public string? Changes { get; set; }

    /// <summary>JSON: the resource in the words of the API. The last column, since it may be long.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The name that receivers tell repetitions by.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"evt_{OccurredAt.ToUnixTimeSeconds()}_{Id:x}{Nonce:x8}");
}

public enum DeliveryState
{
    /// <summary>To be sent when it is due.</summary>
    Waiting = 0,
    Delivered = 1,

    /// <summary>Given up; it can be sent again by hand.</summary>
    Failed = 2,
}

/// <summary>One event for one webhook, with what became of each try.</summary>
public sealed class WebhookDelivery : ITenantOwned
{
    /// <summary>Tries that are kept; of more the first go.</summary>
    public const int MaxLogged = 20;

    public const int AnswerMaxLength = 1024;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>Not bound by a foreign key, as the next: bulk changes write many at once, and the sweeper knows both.</summary>
    public long WebhookId { get; set; }

    public long EventId { get; set; }
    public DeliveryState State { get; set; }

    /// <summary>Null once it is delivered or given up.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Tries since it was written, or since a person asked for it again.</summary>
    public int Attempts { get; set; }

    /// <summary>The receiver's last status; null where none came.</summary>
    public int? LastStatus { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>JSON: the tries, the last one last.</summary>
    public string Log { get; set; } = "[]";
}
