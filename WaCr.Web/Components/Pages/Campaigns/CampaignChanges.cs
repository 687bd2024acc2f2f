namespace WaCr.Web.Components.Pages.Campaigns;

internal static class CampaignChanges
{
    /// <summary>Follows campaigns and, while one is at work, the conversations in which its messages move on.</summary>
    public static IDisposable FollowCampaigns(this ChangeFeed feed, long tenantId, Func<bool> isAtWork, Action moved) => feed.Subscribe(
        tenantId,
        change =>
        {
            if (change.Kind == ChangeKind.Campaigns || isAtWork())
            {
                moved();
            }
        },
        ChangeKind.Campaigns,
        ChangeKind.Conversation);
}
