using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

/// <summary>
/// Identity's cookies, for passwords that were checked elsewhere: Identity's own check counts failures by a read and a later write.
/// </summary>
internal sealed class AccountSignInManager(
    UserManager<AppUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AppUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<AppUser> confirmation)
    : SignInManager<AppUser>(users, http, claims, options, logger, schemes, confirmation), IHalfwaySignIn
{
    public Task NoteAsync(AppUser user) => SignInOrTwoFactorAsync(user, isPersistent: false);
}
