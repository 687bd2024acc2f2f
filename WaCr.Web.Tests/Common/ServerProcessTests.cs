using System.Text;

namespace WaCr.Web.Tests.Common;

/// <summary>A process as PostgreSQL's list of connections names it.</summary>
public sealed class ServerProcessTests
{
    // PostgreSQL cuts an application's name there.
    private const int MaxBytes = 63;
    private const int MaxProcessId = 4_194_304;

    [Fact]
    public void Pods_OfOneDeployment_HaveNamesOfTheirOwn()
    {
        string[] pods = ["wacr-crm-production-6c9f7d8b5d-x2x4z", "wacr-crm-production-6c9f7d8b5d-q9k7w", "wacr-crm-production-5f8c6b7d9c-x2x4z"];

        pods.Select(pod => ServerProcess.NameOf(pod, 1)).Distinct(StringComparer.Ordinal).Count().ShouldBe(pods.Length);
    }

    [Fact]
    public void Process_IsReadAsItWasWritten_WithinPostgresqlsLimit()
    {
        var longest = new ServerProcess(
            ServerProcess.NameOf(new string('m', 63), MaxProcessId), new string('1', ServerProcess.MaxVersion),
            DateTimeOffset.FromUnixTimeSeconds(9_999_999_999));

        Encoding.UTF8.GetByteCount(longest.ToString()).ShouldBeLessThanOrEqualTo(MaxBytes);
        ServerProcess.Read(longest.ToString()).ShouldBe(longest);
    }
}
