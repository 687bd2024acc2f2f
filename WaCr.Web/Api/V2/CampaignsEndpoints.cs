using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Campaigns;

namespace WaCr.Web.Api.V2;

internal static class CampaignsEndpoints
{
    private const string Path = "/campaigns";
    private const string PathOfOne = "/campaigns/{id}";

    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listCampaigns", "List campaigns", Permissions.CampaignsRead)
        {
            Description = "Lists campaigns, the newest first.",
            List = CampaignWire.AllList,
        });
        api.MapPost(Path, CreateAsync).Reads(CampaignBody.Read).Describe(new("createCampaign", "Create campaign", Permissions.CampaignsWrite)
        {
            Description = "Prepares one template for many contacts: those of groups, those of a list of ids, or those that match a filter. Nothing is sent until it is started.",
            Body = CampaignBody.Schema(),
            Example = CampaignBody.Example(),
            Data = Schemas.RefTo(CampaignWire.Whole.Name),
            SuccessCode = StatusCodes.Status201Created,
        });
        api.MapRead(PathOfOne, GetAsync, new("getCampaign", "Retrieve campaign", Permissions.CampaignsRead)
        {
            Description = "Reads one campaign with its funnel: how many messages were sent, delivered, read and answered, who got none, and why some failed.",
            Single = CampaignWire.Single,
        });
        api.MapRead(PathOfOne + "/recipients", ListRecipientsAsync, new("listCampaignRecipients", "List campaign recipients", Permissions.CampaignsRead)
        {
            Description = "Lists who gets a message of the campaign, and what became of it. Empty until it starts.",
            List = CampaignWire.Recipients,
        });
        api.MapPost(PathOfOne + "/start", StartAsync).Describe(Change(
            "startCampaign", "Start campaign", "Starts a draft: its messages go out now, or at `send_at`. Refused where a value is missing or the plan has no room.", sends: true));
        api.MapPost(PathOfOne + "/pause", PauseAsync).Describe(Change("pauseCampaign", "Pause campaign", "Holds a running campaign: messages that are not sent yet wait."));
        api.MapPost(PathOfOne + "/resume", ResumeAsync).Describe(Change("resumeCampaign", "Resume campaign", "Lets a paused campaign go on.", sends: true));
        api.MapPost(PathOfOne + "/cancel", CancelAsync).Describe(Change(
            "cancelCampaign", "Cancel campaign", "Ends a scheduled, running or paused campaign for good: what is not sent yet never is."));
    }

    private static ApiOperation Change(string id, string summary, string description, bool sends = false) =>
        new(id, summary, Permissions.CampaignsWrite)
        {
            Description = description,
            Data = Schemas.RefTo(CampaignWire.Whole.Name),
            Problems = [StatusCodes.Status422UnprocessableEntity],
            Sends = sends,
        };

    private static Task<IResult> ListAsync(ListRequest list, CampaignQueries campaigns, CancellationToken cancellationToken) =>
        campaigns.ListAsync(list.Page, cancellationToken)
            .AnswerAsync(page => new PageAnswer<CampaignItem>("Campaigns retrieved successfully", page, CampaignWire.Shape, list.Fields));

    private static Task<IResult> CreateAsync(Body<CreateCampaign> body, CampaignCreation campaigns,
        CancellationToken cancellationToken) =>
        campaigns.CreateAsync(body.Value, cancellationToken)
            .AnswerAsync(created => new ItemAnswer<CampaignDetails>(
                "Campaign created successfully", created, CampaignWire.Whole, CampaignWire.Whole.Default, StatusCodes.Status201Created)
            {
                Location = V2Routes.LocationOf(Path, created.Item.Id),
            });

    private static Task<IResult> GetAsync(string id, FieldSelection selection, CampaignQueries campaigns,
        CancellationToken cancellationToken) =>
        campaigns.GetAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(found => new ItemAnswer<CampaignDetails>(
                "Campaign retrieved successfully", found, CampaignWire.Whole, selection.Fields));

    private static Task<IResult> ListRecipientsAsync(string id, ListRequest list, CampaignMessageQueries messages,
        CancellationToken cancellationToken) =>
        messages.ListAsync(RouteId.Read(id), list.Page, cancellationToken)
            .AnswerAsync(page => new PageAnswer<CampaignMessage>(
                "Campaign recipients retrieved successfully", page, CampaignWire.Recipient, list.Fields));

    private static async Task<IResult> StartAsync(string id, CampaignService campaigns, CancellationToken cancellationToken) =>
        Answer("Campaign started", await campaigns.StartAsync(RouteId.Read(id), cancellationToken));

    private static async Task<IResult> PauseAsync(string id, CampaignService campaigns, CancellationToken cancellationToken) =>
        Answer("Campaign paused", await campaigns.PauseAsync(RouteId.Read(id), cancellationToken));

    private static async Task<IResult> ResumeAsync(string id, CampaignService campaigns, CancellationToken cancellationToken) =>
        Answer("Campaign resumed", await campaigns.ResumeAsync(RouteId.Read(id), cancellationToken));

    private static async Task<IResult> CancelAsync(string id, CampaignService campaigns, CancellationToken cancellationToken) =>
        Answer("Campaign cancelled", await campaigns.CancelAsync(RouteId.Read(id), cancellationToken));

    private static IResult Answer(string message, Result<CampaignDetails> changed) => changed.Succeeded
        ? new ItemAnswer<CampaignDetails>(message, changed.Value, CampaignWire.Whole, CampaignWire.Whole.Default)
        : Problem.From(CreateCampaignFields.Named(changed.Error));
}
