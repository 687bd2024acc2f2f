using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class GraphErrorCodesTests
{
    private static readonly int[] Retryable = [1, 2, 4, 17, 341, 613, 80007, 80008, 130429, 131000, 131016, 131056, 131057, 133004];

    [Fact]
    public void Transient_AreTheseAndNoOthers() =>
        Enumerable.Range(0, 140_000).Where(GraphErrorCodes.IsTransient).ShouldBe(Retryable, ignoreOrder: true);

    [Theory]
    [InlineData(0, GraphErrorKind.CredentialRefused)]
    [InlineData(190, GraphErrorKind.CredentialRefused)]
    [InlineData(10, GraphErrorKind.PermissionMissing)]
    [InlineData(200, GraphErrorKind.PermissionMissing)]
    [InlineData(299, GraphErrorKind.PermissionMissing)]
    [InlineData(131005, GraphErrorKind.PermissionMissing)]
    [InlineData(368, GraphErrorKind.AccountBlocked)]
    [InlineData(131042, GraphErrorKind.AccountBlocked)]
    [InlineData(131000, GraphErrorKind.Unavailable)]
    [InlineData(130429, GraphErrorKind.Throttled)]
    [InlineData(131056, GraphErrorKind.RecipientThrottled)]
    [InlineData(131048, GraphErrorKind.SendingRestricted)]
    [InlineData(131026, GraphErrorKind.NotReachable)]
    [InlineData(131049, GraphErrorKind.NotAllowedForRecipient)]
    [InlineData(131050, GraphErrorKind.MarketingStopped)]
    [InlineData(131047, GraphErrorKind.WindowClosed)]
    [InlineData(100, GraphErrorKind.Invalid)]
    [InlineData(131053, GraphErrorKind.MediaRefused)]
    [InlineData(132001, GraphErrorKind.TemplateRefused)]
    [InlineData(300, GraphErrorKind.Other)]
    [InlineData(987654, GraphErrorKind.Other)]
    public void Codes_AreToldApart(int code, GraphErrorKind kind) => GraphErrorCodes.KindOf(code).ShouldBe(kind);
}
