using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Downloads;

namespace WaCr.Web.Tests.Downloads;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:82a::200e")]
    public void AddressOfTheInternet_IsPublic(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")] // a cloud's metadata
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")] // mapped forms are refused whatever they carry
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")] // a cloud's metadata
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void SpecialAddress_IsNotPublic(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Property]
    public Property AddressThatCarriesAnother_IsNeverPublic() => Prop.ForAll(
        ArbMap.Default.ArbFor<uint>(),
        bits =>
        {
            var four = new IPAddress(BitConverter.GetBytes(bits));
            var (high, low) = (bits >> 16, bits & 0xFFFF);
            return !PublicAddress.Is(four.MapToIPv6())
                && !PublicAddress.Is(IPAddress.Parse($"2002:{high:x}:{low:x}::1"))
                && !PublicAddress.Is(IPAddress.Parse($"64:ff9b::{high:x}:{low:x}"))
                && !PublicAddress.Is(IPAddress.Parse($"2001:0:{high:x}:{low:x}::1"));
        });
}
