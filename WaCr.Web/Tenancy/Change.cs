using Channel = System.Threading.Channels.Channel;

namespace WaCr.Web.Tenancy;

public enum ChangeKind
{
    /// <summary>Contacts of the tenant, or what they are filtered by; <see cref="Change.Id"/> is the contact's id, 0 for any.</summary>
    Contacts = 0,

    /// <summary>Whether WhatsApp lets the tenant's channels send.</summary>
    Channels = 1,

    /// <summary>One conversation; <see cref="Change.Id"/> is its id.</summary>
    Conversation = 2,

    /// <summary>The tenant's webhooks and the events they want.</summary>
    Webhooks = 3,

    /// <summary>New deliveries to webhooks.</summary>
    Deliveries = 4,

    /// <summary>Existing messages moved to another conversation or were deleted, so earlier counts are invalid.</summary>
    MovedMessages = 5,

    /// <summary>A notification for one user; <see cref="Change.Id"/> is the user's id.</summary>
    Notifications = 6,

    /// <summary>Progress of the tenant's bulk jobs.</summary>
    BulkJobs = 7,

    /// <summary>A user's permissions or sessions; <see cref="Change.Id"/> is the user's id, 0 for all users of the tenant.</summary>
    Access = 8,

    /// <summary>The tenant's campaigns and their progress.</summary>
    Campaigns = 9,

    /// <summary>Messages waiting to be sent.</summary>
    Outbox = 10,

    /// <summary>Webhooks received from WhatsApp and not applied yet.</summary>
    WebhookEvents = 11,

    /// <summary>Files to be downloaded from WhatsApp.</summary>
    Media = 12,

    /// <summary>Templates to be read again.</summary>
    TemplateSyncs = 13,

    /// <summary>The tenant's templates, and WhatsApp's decisions about them.</summary>
    Templates = 14,

    /// <summary>Numbers to be read from WhatsApp again.</summary>
    ChannelReads = 15,

    /// <summary>Pushes to be sent to users' browsers.</summary>
    Pushes = 16,
}

/// <param name="TenantId">0 if the write had no tenant: any tenant's data may have changed.</param>
public readonly record struct Change(ChangeKind Kind, long TenantId, long Id = 0);
