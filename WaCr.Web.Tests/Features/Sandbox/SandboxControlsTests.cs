using WaCr.Web.Features.Sandbox;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.Features.Sandbox;

public sealed class SandboxControlsTests : IAsyncLifetime
{
    private static readonly string Number = SandboxWorkspace.Number.PhoneNumberId;
    private SandboxWorkspace _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Settings_HoldForOneNumberAlone()
    {
        var before = _sandbox.Desk.BehaviourOf(SandboxWorkspace.OtherNumber.PhoneNumberId);
        await _sandbox.Controls.SetAsync(Number, new SandboxControlSettings(5, 2, false, 99, true, true), default).OrThrowAsync();

        (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).Settings.ShouldBe(
            new SandboxControlSettings(5, 5, false, SandboxControlSettings.MaxDuplicates, true, true));
        _sandbox.Desk.BehaviourOf(SandboxWorkspace.OtherNumber.PhoneNumberId).ShouldBe(before);
        _sandbox.Desk.Behaviour.ShouldBe(before);
    }

    [Fact]
    public async Task Delay_HoldsBackWhatIsDelivered()
    {
        await _sandbox.Phone.WriteAsync(_sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        await _sandbox.Controls.SetAsync(Number, new SandboxControlSettings(60, 90, true, 0, false, false), default).OrThrowAsync();
        _sandbox.SendText("Good morning");
        _sandbox.Pass(TimeSpan.FromSeconds(59));
        (await _sandbox.GetScreenAsync()).Messages.Count.ShouldBe(1);
        _sandbox.Pass(TimeSpan.FromSeconds(2));
        (await _sandbox.GetScreenAsync()).Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Fault_StrikesSoManyMessages_AndIsRepaired()
    {
        await _sandbox.Controls.BreakAsync(Number, SandboxControlFault.Unavailable, 2, default).OrThrowAsync();
        await _sandbox.Controls.BreakAsync(Number, SandboxControlFault.Slow, 0, default).OrThrowAsync();

        var faults = (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).Faults;
        faults.Select(fault => (fault.Fault, fault.Left))
            .ShouldBe([(SandboxControlFault.Unavailable, 2), (SandboxControlFault.Slow, null)]);
        await _sandbox.Controls.RepairAsync(Number, faults[0].Id, default).OrThrowAsync();
        (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).Faults.ShouldHaveSingleItem()
            .Fault.ShouldBe(SandboxControlFault.Slow);
    }

    [Fact]
    public async Task AFaultOfAnotherNumber_StaysWhereItIs()
    {
        var theirs = _sandbox.Desk.AddRule(new FaultRule { Code = 131016, PhoneNumberId = SandboxWorkspace.OtherNumber.PhoneNumberId })
            .OrThrow();
        await _sandbox.Controls.RepairAsync(Number, theirs.Id, default).OrThrowAsync();
        _sandbox.Desk.Rules().ShouldHaveSingleItem();
        (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_IsRefused_AndTakenAgain()
    {
        await _sandbox.Controls.RefuseTokenAsync(Number, refused: true, default).OrThrowAsync();
        (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).RefusesToken.ShouldBeTrue();
        _sandbox.Desk.FindNumber(SandboxWorkspace.OtherNumber.PhoneNumberId)!.TokenState.ShouldBe(SandboxTokenState.Valid);
        await _sandbox.Controls.RefuseTokenAsync(Number, refused: false, default).OrThrowAsync();
        (await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync()).RefusesToken.ShouldBeFalse();
    }

    [Fact]
    public async Task Watchers_AreTold_UntilTheyLeave()
    {
        var told = 0;
        using (_sandbox.Phone.Watch(() => told++))
        {
            await _sandbox.Phone.WriteAsync(_sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        }

        told.ShouldBeGreaterThan(0);
        var before = told;
        await _sandbox.GetScreenAsync();
        await _sandbox.Phone.WriteAsync(_sandbox.Line, "Hello again", null, null, default).OrThrowAsync();
        told.ShouldBe(before);
    }

    [Fact]
    public async Task Looking_IsNoNews()
    {
        var told = 0;
        using var watch = _sandbox.Phone.Watch(() => told++);
        await _sandbox.GetScreenAsync();
        await _sandbox.Controls.ReadAsync(Number, default).OrThrowAsync();
        told.ShouldBe(0);
    }

    [Fact]
    public async Task Ids_OfARunThatWentOn_ComeNeverAgain_NotEvenAfterAReset()
    {
        _sandbox.Desk.GoOnFrom(1_000_000);
        await _sandbox.Phone.WriteAsync(_sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        var first = (await _sandbox.GetScreenAsync()).Messages[0].Id;
        _sandbox.Desk.Reset();
        await _sandbox.Phone.WriteAsync(_sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        (await _sandbox.GetScreenAsync()).Messages.ShouldHaveSingleItem().Id.ShouldNotBe(first);
    }
}
