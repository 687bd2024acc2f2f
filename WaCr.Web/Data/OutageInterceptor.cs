using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data;

/// <summary>Reports to the <see cref="OutageLog"/> what the database refuses for a reason outside the product.</summary>
internal sealed class OutageInterceptor(OutageLog outages)
    : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor, ISaveChangesInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => outages.Report(eventData.Exception);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Exception);

    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => outages.Report(eventData.Exception);

    public Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Exception);

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => outages.Report(eventData.Exception);

    public Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Exception);

    // PostgreSQL's answer to a batch is read after its command has succeeded.
    public void SaveChangesFailed(DbContextErrorEventData eventData) => outages.Report(eventData.Exception);

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ReportAsync(eventData.Exception);

    private Task ReportAsync(Exception failure)
    {
        outages.Report(failure);
        return Task.CompletedTask;
    }
}
