namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>A group of the Cloud API's calls.</summary>
internal interface IGraphCallGroup
{
    /// <summary>Null: another group's call, or nobody's.</summary>
    Task<GraphAnswer?> AnswerAsync(GraphRequest request);
}
