using Microsoft.EntityFrameworkCore.Migrations;

namespace WaCr.Web.Data.Migrations;

/// <summary>What rows need when the schema changes under them. Written by hand; the working migration ends with it.</summary>
internal static class DataSteps
{
    public static void MoveData(this MigrationBuilder migration)
    {
    }
}
