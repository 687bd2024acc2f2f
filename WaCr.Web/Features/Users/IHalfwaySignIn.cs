namespace WaCr.Web.Features.Users;

/// <summary>Remembers in the browser, for five minutes, who gave the right password; it gives no access without the code.</summary>
public interface IHalfwaySignIn
{
    Task NoteAsync(AppUser user);
}
