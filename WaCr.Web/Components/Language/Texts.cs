namespace WaCr.Web.Components.Language;

/// <summary>
/// Names the resource files of the staff app's texts. The English text is the key; <c>Texts.ar.resx</c> holds the Arabic texts, and so on.
/// A language is offered once its file exists.
/// </summary>
public sealed class Texts;
