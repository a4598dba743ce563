using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Models;

/// <summary>Everything that a model folder holds: enough to serve the model, and to train it further.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Model">The model with its weights.</param>
/// <param name="Tokenizer">What makes its tokens of text.</param>
/// <param name="Decoding">How its output is searched for unless the caller says otherwise.</param>
public sealed record LoadedModel(string Name, Seq2SeqModel Model, Tokenizer Tokenizer, DecodingOptions Decoding);
