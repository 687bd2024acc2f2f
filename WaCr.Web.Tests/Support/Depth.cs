namespace WaCr.Web.Tests.Support;

/// <summary>How often a fault is provoked: a few times by default, many with <c>./test.sh --deep</c>.</summary>
internal static class Depth
{
    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WACR_TEST_DEEP") == "1";

    public static int Of(int plain, int deep) => IsDeep ? deep : plain;
}
