using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Simulates Meta's review of templates.</summary>
internal static class TemplateReview
{
    public static void Decide(SandboxWorld world, SandboxTemplate template)
    {
        if (template.Name.Contains("reject", StringComparison.Ordinal))
        {
            Decide(world, template, "REJECTED", "INVALID_FORMAT");
        }
        else
        {
            Decide(world, template, "APPROVED", "NONE");
        }
    }

    /// <param name="told">The event's word, if it is not the status.</param>
    public static void Decide(SandboxWorld world, SandboxTemplate template, string status, string reason, string? told = null)
    {
        template.Status = status;
        template.RejectedReason = reason;
        // One event per subscriber of the account, however many numbers it has.
        foreach (var number in world.Numbers.Where(number => number.BusinessAccountId == template.BusinessAccountId)
            .DistinctBy(number => number.WebhookUrl))
        {
            for (var copy = 0; copy <= world.Behaviour.Duplicates; copy++)
            {
                if (status == "APPROVED" && told is null && template.EditedAt.Count > 0)
                {
                    world.Notify(number, "message_template_components_update", WebhookBodies.TemplateComponents(template));
                }

                world.Notify(number, "message_template_status_update", WebhookBodies.TemplateStatus(template, told));
            }
        }
    }

    /// <summary>Changes the body's text without a review, and tells of it.</summary>
    public static void Revise(SandboxWorld world, SandboxTemplate template)
    {
        var components = template.Components.DeepClone().AsArray();
        foreach (var body in components.OfType<JsonObject>().Where(part => part["type"].Text() == "BODY"))
        {
            body["text"] = body["text"].Text() + " (revised)";
        }

        template.Components = components;
        foreach (var number in world.Numbers.Where(number => number.BusinessAccountId == template.BusinessAccountId)
            .DistinctBy(number => number.WebhookUrl))
        {
            world.Notify(number, "message_template_components_update", WebhookBodies.TemplateComponents(template));
        }

        world.Show();
    }
}
