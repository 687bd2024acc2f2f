using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Hosting;

/// <summary>Binds sections of the configuration to classes. An invalid value is reported by its key.</summary>
internal static class Settings
{
    /// <summary>Longest time any setting may have; timers and HTTP clients themselves allow 24 days.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    private const string LogLevels = "LogLevel";

    /// <summary>
    /// Binds the section and checks it: the types of its values now, the class's own rules in <see cref="CheckSettings"/>.
    /// </summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        Check(configuration.GetSection(section), typeof(T));
        return services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
    }

    public static OptionsBuilder<T> ValidateTime<T>(
        this OptionsBuilder<T> options, string key, Func<T, TimeSpan> timeOf, bool mayBeZero = false)
        where T : class => options.Validate(
            given => timeOf(given) is var time && time <= MaxTime && (mayBeZero ? time >= TimeSpan.Zero : time > TimeSpan.Zero),
            $"{key} must be {(mayBeZero ? "from zero" : "more than zero and")} up to one day; write it like 00:00:30.");

    /// <summary>Call before anything is changed or started.</summary>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static void CheckSettings(this IHost host) => host.Services.GetService<IStartupValidator>()?.Validate();

    /// <summary>Checks the log levels, which the host reads before it could report an invalid one.</summary>
    /// <exception cref="StartupException">A level is none.</exception>
    public static void CheckLogLevels(IConfiguration configuration) => CheckLogLevels(configuration.GetSection("Logging"));

    private static void CheckLogLevels(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Key == LogLevels)
            {
                foreach (var level in child.GetChildren())
                {
                    CheckValue(level, typeof(LogLevel));
                }
            }
            else
            {
                CheckLogLevels(child);
            }
        }
    }

    /// <summary>Checks the types of values only, for sections that are read before services are built.</summary>
    /// <exception cref="StartupException">A value is of another kind than the class has.</exception>
    public static void Check(IConfigurationSection section, Type type)
    {
        if (!section.Exists())
        {
            return;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            CheckValue(section, type);
        }
        else if (ElementOf(type) is { } element)
        {
            foreach (var child in section.GetChildren())
            {
                Check(child, element);
            }
        }
        else
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Check(section.GetSection(property.Name), property.PropertyType);
            }
        }
    }

    private static void CheckValue(IConfigurationSection setting, Type type)
    {
        if (string.IsNullOrEmpty(setting.Value))
        {
            return; // the default applies
        }

        try
        {
            var value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(setting.Value);
            if (!type.IsEnum || Enum.IsDefined(type, value!))
            {
                return;
            }
        }
        catch (Exception unfit) when (unfit is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            // Reported below, by the setting's name.
        }

        throw new StartupException($"The setting {setting.Path} is '{setting.Value}', which is {Expected(type)}.");
    }

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => $"none of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "neither true nor false",
        _ when type == typeof(TimeSpan) => "no length of time; write it like 00:00:30",
        _ when type == typeof(Uri) => "no address; write it like https://host.example",
        _ when type == typeof(int) || type == typeof(long) => "no whole number in range",
        _ => $"no {type.Name}",
    };

    // The element type of a list or dictionary.
    private static Type? ElementOf(Type type) => type.IsAssignableTo(typeof(IEnumerable))
        ? type.IsArray ? type.GetElementType() : type.GetGenericArguments().LastOrDefault()
        : null;
}
