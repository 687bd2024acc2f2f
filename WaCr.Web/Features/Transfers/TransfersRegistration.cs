using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Features.Transfers;

internal static class TransfersRegistration
{
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        services.AddScoped<ContactExport>();
        services.AddSingleton<ImportGate>();
        services.AddScoped<ImportUpload>();
        services.AddScoped<FailedRowExport>();
        services.AddScoped<ImportQueries>();
        services.AddScoped<ImportCheck>();
        services.AddScoped<ImportService>();
        services.AddScoped<IBulkImport, ImportRunner>();
        services.AddScoped<ImportSweeper>();
        return services;
    }
}
