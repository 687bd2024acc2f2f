namespace WaCr.Web.Components.Language;

/// <summary>
/// Names the resource files of the staff app's texts. The English text is the key; <c>Texts.ar.resx</c> holds the
/// Arabic for it, and so on. A language is offered as soon as its file is there.
/// </summary>
public sealed class Texts;
