namespace WaCr.Web.Common;

/// <summary>
/// The process cannot start or a command cannot run. The message tells the operator in one sentence what is wrong and what to do.
/// </summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
