using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <summary>Notes in the browser, for five minutes, who gave the right password; that opens nothing without the code.</summary>
public interface IHalfwaySignIn
{
    Task NoteAsync(AppUser user);
}
