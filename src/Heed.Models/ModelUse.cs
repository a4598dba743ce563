namespace Heed.Models;

/// <summary>What a model is for, as its card says it.</summary>
/// <param name="PipelineTag">What model hubs file it under.</param>
/// <param name="Command">How it is used on a command line; FOLDER stands for its folder.</param>
/// <param name="Code">How it is used in C#; FOLDER stands for its folder.</param>
/// <param name="DataUnit">What its training data are counted in.</param>
public sealed record ModelUse(string PipelineTag, string Command, string Code, string DataUnit)
{
    /// <summary>Translates sentences.</summary>
    public static ModelUse Translation { get; } = new(
        "translation",
        "heed translate --model FOLDER \"a sentence\"",
        "Translator translator = Translator.Load(\"FOLDER\");\nConsole.WriteLine(translator.Translate(\"a sentence\").Text);",
        "sentence pairs");

    /// <summary>Continues text.</summary>
    public static ModelUse TextGeneration { get; } = new(
        "text-generation",
        "heed generate --model FOLDER \"a beginning\"",
        "TextGenerator generator = TextGenerator.Load(\"FOLDER\");\nConsole.WriteLine(generator.Generate(\"a beginning\").Text);",
        "tokens");

    /// <summary>Says which class a text belongs to.</summary>
    public static ModelUse Classification { get; } = new(
        "text-classification",
        "heed classify --model FOLDER \"a text\"",
        "TextClassifier classifier = TextClassifier.Load(\"FOLDER\");\nConsole.WriteLine(classifier.Classify(\"a text\").Label);",
        "texts");

    /// <summary>Summarises documents.</summary>
    public static ModelUse Summarization { get; } = new(
        "summarization",
        "heed summarize --model FOLDER \"a document\"",
        "Summarizer summarizer = Summarizer.Load(\"FOLDER\");\nConsole.WriteLine(summarizer.Summarize([[\"A document.\"]]).Single().Text);",
        "summaries");

    /// <summary>Names hidden tokens: to be fine-tuned for other tasks.</summary>
    public static ModelUse FillMask { get; } = new(
        "fill-mask",
        "heed inspect FOLDER",
        "var model = (EncoderModel)PretrainedModel.Load(\"FOLDER\").Model;",
        "tokens");

    /// <summary>Writes what is missing in a text: to be fine-tuned for other tasks.</summary>
    public static ModelUse SpanFilling { get; } = new(
        "text2text-generation",
        "heed inspect FOLDER",
        "var model = (T5Model)PretrainedModel.Load(\"FOLDER\").Model;",
        "tokens");
}
