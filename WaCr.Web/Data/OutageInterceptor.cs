using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data;

/// <summary>Reports to the <see cref="OutageLog"/> what the database refuses for a reason outside the product.</summary>
internal sealed class OutageInterceptor(OutageLog outages) : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        Report(eventData.Context, eventData.Exception);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Context, eventData.Exception);

    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) =>
        Report(eventData.Context, eventData.Exception);

    public Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Context, eventData.Exception);

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) =>
        Report(eventData.Context, eventData.Exception);

    public Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Context, eventData.Exception);

    private Task ReportAsync(Microsoft.EntityFrameworkCore.DbContext? context, Exception failure)
    {
        Report(context, failure);
        return Task.CompletedTask;
    }

    private void Report(Microsoft.EntityFrameworkCore.DbContext? context, Exception failure)
    {
        if (context is AppDbContext db && db.IsStorageFailure(failure))
        {
            outages.Refused(failure);
        }
    }
}
