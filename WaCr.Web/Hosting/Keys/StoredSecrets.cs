using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Notifications.Push;

namespace WaCr.Web.Hosting.Keys;

/// <summary>
/// At each start, encrypts secrets that are still in clear, from before a key was configured or from an earlier build. A database whose
/// keys the configuration cannot decrypt is left alone: with new keys, everything the old ones encrypted would be lost.
/// </summary>
internal static partial class StoredSecrets
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly string[] Names = [AccountStore.AuthenticatorKey, AccountStore.RecoveryCodes];

    public static IServiceCollection AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        OptionsOf(configuration).ApplyTo(services.AddDataProtection());
        return services;
    }

    /// <exception cref="StartupException">The configuration lacks the key that they were encrypted with.</exception>
    public static async Task EncryptStoredSecretsAsync(this WebApplication app)
    {
        if (!OptionsOf(app.Configuration).IsSet && !app.Environment.IsDevelopment())
        {
            Log.NotEncrypted(app.Logger);
        }

        await EncryptAsync(app.Services);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PushKeys>().GetAsync(CancellationToken.None); // made at the first start
        }

        var database = app.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        OwnerOnlyFiles.Close(
            database.Provider == DatabaseProvider.Sqlite ? SqliteFile.PathOf(database.ConnectionString) : null,
            app.Services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Path);
    }

    private static KeyOptions OptionsOf(IConfiguration configuration) =>
        configuration.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new KeyOptions();

    internal static async Task EncryptAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var keys = scope.ServiceProvider.GetRequiredService<KeyEncryptionKeys>();
        var encryptor = scope.ServiceProvider.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlEncryptor;
        foreach (var row in await db.DataProtectionKeys.ToListAsync())
        {
            row.Xml = Encrypt(row, keys, encryptor);
        }

        await db.SaveChangesAsync();
        var protection = scope.ServiceProvider.GetRequiredService<IDataProtectionProvider>();
        foreach (var token in await db.UserTokens.Where(token => token.LoginProvider == AccountStore.LoginProvider
            && Names.Contains(token.Name)).ToListAsync())
        {
            // Values encrypted by this build start like this; neither an authenticator key nor recovery codes do.
            if (token.Value?.StartsWith("CfDJ8", StringComparison.Ordinal) == false)
            {
                token.Value = AccountStore.Protect(protection, token.UserId, token.Name, token.Value);
            }
        }

        await db.SaveChangesAsync();
    }

    private static string? Encrypt(DataProtectionKey row, KeyEncryptionKeys keys, IXmlEncryptor? encryptor)
    {
        if (row.Xml is null)
        {
            return null;
        }

        var key = XElement.Parse(row.Xml);
        foreach (var element in key.Descendants(KeyEncryptionKeys.Element))
        {
            try
            {
                keys.Decrypt(element);
            }
            catch (CryptographicException failure)
            {
                throw new StartupException(
                    $"The database was encrypted with another key than {KeyOptions.Section}:{nameof(KeyOptions.Key)}; add that one to {KeyOptions.Section}:{nameof(KeyOptions.FormerKeys)}.",
                    failure);
            }
        }

        var clear = key.Descendants().Where(element => (bool?)element.Attribute(Protection + "requiresEncryption") == true).ToList();
        if (encryptor is null || clear.Count == 0)
        {
            return row.Xml;
        }

        foreach (var element in clear)
        {
            var info = encryptor.Encrypt(new XElement(element));
            element.ReplaceWith(new XElement(
                Protection + "encryptedSecret", new XAttribute(
                    "decryptorType", info.DecryptorType.AssemblyQualifiedName!), info.EncryptedElement));
        }

        return key.ToString(SaveOptions.DisableFormatting);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1107, Level = LogLevel.Warning,
            Message =
                "The keys that sign sessions and encrypt secrets are stored unencrypted in the database. Set DataProtection:Key or DataProtection:CertificatePath (docs/operating.md).")]
        public static partial void NotEncrypted(ILogger logger);
    }
}
