namespace WaCr.Web.Features.Contacts;

internal static class ContactsRegistration
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddScoped<ConsentQueries>();
        services.AddScoped<ContactLeftoverSweeper>();
        services.AddSingleton<ContactCountCache>();
        services.AddSingleton<ContactFinder>();
        services.AddScoped<ContactQueries>();
        services.AddScoped<ContactService>();
        services.AddScoped<ContactBatch>();
        services.AddScoped<ContactTrash>();
        services.AddScoped<TrashQueries>();
        services.AddScoped<ContactHistory>();
        services.AddScoped<ContactDuplicates>();
        services.AddScoped<ContactMerger>();
        services.AddScoped<ContactUnmerger>();
        services.AddScoped<UnsavedEdits>();
        return services;
    }
}
