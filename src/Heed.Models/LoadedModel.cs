using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Models;

/// <summary>Everything that a model folder holds: enough to serve the model, and to train it further.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Model">The model with its weights.</param>
/// <param name="Tokenizer">What makes its tokens of text.</param>
/// <param name="Decoding">How its output is searched for unless the caller says otherwise.</param>
public sealed record LoadedModel(string Name, Seq2SeqModel Model, Tokenizer Tokenizer, DecodingOptions Decoding)
{
    /// <summary>What outputs begin and end with, and what they never hold; null takes it from the model and the tokenizer.</summary>
    public GenerationTokens? Tokens { get; init; }

    /// <summary>A published model that reads one text and writes another (T5, BART, Marian), with its tokenizer.</summary>
    /// <param name="published">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ConfigException">The model is of another kind.</exception>
    public static LoadedModel Of(PretrainedModel published, Tokenizer tokenizer, string name)
    {
        ArgumentNullException.ThrowIfNull(published);
        return published.Model is Seq2SeqModel model
            ? new LoadedModel(name, model, tokenizer, published.DecodingOptions()) { Tokens = published.GenerationTokens() }
            : throw new ConfigException($"{name} holds a model of the family {published.Architecture}, which does not read one text and write another; T5, BART and Marian do");
    }

    /// <summary>Loads a folder of a published model that reads one text and writes another.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ConfigException">The folder's model is of another kind.</exception>
    internal static LoadedModel OfPublished(string folder) =>
        Of(PretrainedModel.Load(folder), Tokenizer.Load(folder), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
}
