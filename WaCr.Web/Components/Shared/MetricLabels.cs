using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>Labels of a plan's metrics.</summary>
public static class MetricLabels
{
    public static string Of(Localizer T, Metric metric) => metric switch
    {
        Metric.Contacts => T["Contacts"],
        Metric.Conversations => T["Conversations this month"],
        Metric.Campaigns => T["Active broadcasts"],
        _ => T["Team members"],
    };
}
