using System.Text;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class WebhookSignatureTests
{
    private const string Secret = "test_app_secret";
    private const string Empty = """{"object":"whatsapp_business_account","entry":[]}""";
    private const string EmptySignature = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";

    // The escapes stay as they are on the wire: signed are bytes, not text.
    private const string Escaped =
        """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"t":"\u00e4\u00f6\u00e5 \ud83d\ude2e"}}]}]}""";

    [Theory]
    [InlineData(Empty, EmptySignature)]
    [InlineData(Escaped, "sha256=905978d7f822bf9fa2977385645758ecce673d6f38d3ebcfe04104b40ef15e63")]
    public void KnownVectors_Fit(string body, string signature)
    {
        WebhookSignature.Of(Encoding.UTF8.GetBytes(body), Secret).ShouldBe(signature);
        WebhookSignature.Fits(Encoding.UTF8.GetBytes(body), signature, Secret).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha1=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633757")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c6337")]
    [InlineData("sha256=zzc6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData(EmptySignature + "00")]
    public void AnotherSignature_DoesNotFit(string? signature) =>
        WebhookSignature.Fits(Encoding.UTF8.GetBytes(Empty), signature, Secret).ShouldBeFalse();

    [Fact]
    public void AnotherBody_OrAnotherSecret_DoesNotFit()
    {
        WebhookSignature.Fits(Encoding.UTF8.GetBytes(Empty + " "), EmptySignature, Secret).ShouldBeFalse();
        WebhookSignature.Fits(Encoding.UTF8.GetBytes(Empty), EmptySignature, "another").ShouldBeFalse();
    }

    [Fact]
    public void NoSecret_FitsNothing()
    {
        var body = Encoding.UTF8.GetBytes(Empty);

        WebhookSignature.Fits(body, WebhookSignature.Of(body, ""), "").ShouldBeFalse();
    }
}
