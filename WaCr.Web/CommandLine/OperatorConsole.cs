using System.Text;

namespace WaCr.Web.CommandLine;

/// <summary>Where an operator's command reads and writes.</summary>
/// <param name="Input">Null where a person types: a secret is then read key by key and not shown.</param>
/// <param name="Output">For what a script reads, such as a new token.</param>
/// <param name="Error">For people: why a command was refused.</param>
internal sealed record OperatorConsole(TextReader? Input, TextWriter Output, TextWriter Error)
{
    public static OperatorConsole OfProcess() => new(Console.IsInputRedirected ? Console.In : null, Console.Out, Console.Error);

    /// <summary>One line; empty at the end of the input.</summary>
    public string ReadSecret(string prompt)
    {
        if (Input is not null)
        {
            return Input.ReadLine() ?? "";
        }

        Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                typed.Length--;
            }
        }

        Error.WriteLine();
        return typed.ToString();
    }
}
