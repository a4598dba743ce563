using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Pretrained;
using Heed.Models.Translating;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Text.Tokenizers;

namespace Heed.Models.Embeddings;

/// <summary>Turns texts into vectors with an encoder: BERT, RoBERTa or DistilBERT. May be used from many threads at once.</summary>
/// <remarks>A vector has the same bits whatever texts stand beside it.</remarks>
public sealed class TextEmbedder
{
    /// <summary>Puts a model and its tokenizer together.</summary>
    /// <param name="model">The model; its head, if any, is not used.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="options">How texts become vectors unless a call says otherwise; null for the defaults.</param>
    /// <exception cref="ConfigException">An option is out of range, or the tokenizer has more tokens than the model.</exception>
    public TextEmbedder(EncoderModel model, Tokenizer tokenizer, EmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        Options = options ?? new EmbeddingOptions();
        Options.Validate(model.Config.DModel);
        ConfigGuard.Tokens(tokenizer, model.Config.VocabSize);
        Model = model;
        Tokenizer = tokenizer;
    }

    /// <summary>The model.</summary>
    public EncoderModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>How texts become vectors unless a call says otherwise.</summary>
    public EmbeddingOptions Options { get; }

    /// <summary>Loads a model with the pooling that its folder asks for (<c>1_Pooling/config.json</c>, <c>modules.json</c>), else the mean.</summary>
    /// <param name="path">A folder with <c>config.json</c>, safetensors and a tokenizer.</param>
    /// <param name="tokenizer">The tokenizer's file or folder; null looks in the folder.</param>
    /// <exception cref="ConfigException">The model is no encoder, or its tokenizer is not its own.</exception>
    /// <exception cref="InvalidDataException">A file is missing or malformed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TextEmbedder Load(string path, string? tokenizer = null)
    {
        var loaded = PretrainedModel.Load(path);
        return loaded.Model is EncoderModel model
            ? new TextEmbedder(model, tokenizer is null ? PretrainedTokenizer.OfModel(path, loaded) : PretrainedTokenizer.Load(tokenizer), SentenceModelFiles.Read(path))
            : throw new ConfigException($"{path} holds a model of the family {loaded.Architecture}, which makes no vectors of texts; BERT, RoBERTa and DistilBERT do");
    }

    /// <summary>Turns a text into a vector.</summary>
    /// <inheritdoc cref="Embed(IReadOnlyList{string}, EmbeddingOptions?, CancellationToken)"/>
    public TextEmbedding Embed(string text, EmbeddingOptions? options = null, CancellationToken cancellation = default) => Embed([text], options, cancellation)[0];

    /// <summary>Turns texts into vectors, in batches of similar length.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the work between two batches.</param>
    /// <returns>A vector for each text, in their order.</returns>
    /// <exception cref="ArgumentException">A text is longer than the model reads, and not to be cut.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public IReadOnlyList<TextEmbedding> Embed(IReadOnlyList<string> texts, EmbeddingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        EmbeddingOptions chosen = options ?? Options;
        chosen.Validate(Model.Config.DModel);
        return EmbedTokens([.. texts.Select((text, place) => Encode(text, place, chosen.Truncate))], types: null, chosen, cancellation);
    }

    /// <summary>Turns texts that are tokens already into vectors.</summary>
    /// <param name="ids">The tokens of each text.</param>
    /// <param name="types">The kind of each token, or null for kind 0.</param>
    /// <param name="chosen">How; checked by the caller.</param>
    /// <param name="cancellation">Ends the work between two batches.</param>
    internal IReadOnlyList<TextEmbedding> EmbedTokens(int[][] ids, int[][]? types, EmbeddingOptions chosen, CancellationToken cancellation)
    {
        var embeddings = new TextEmbedding[ids.Length];
        foreach (int[] batch in LengthBatches.Group([.. ids.Select(each => each.Length)], chosen.BatchTokens))
        {
            cancellation.ThrowIfCancellationRequested();
            using TensorScope scope = TensorScope.Begin();
            var sequences = Segments.FromLengths([.. batch.Select(text => ids[text].Length)]);
            int[] kinds = types is null ? [] : [.. batch.SelectMany(text => types[text])];
            Tensor states = Model.States(batch.SelectMany(text => ids[text]).ToArray(), sequences, kinds); // [tokens, dModel]
            for (int i = 0; i < batch.Length; i++)
            {
                embeddings[batch[i]] = new TextEmbedding(Vector(states, sequences.Starts[i], sequences.Lengths[i], chosen), sequences.Lengths[i]);
            }
        }

        return embeddings;
    }

    // Summed here, token by token, so that a vector's bits do not depend on its batch.
    private static float[] Vector(Tensor states, int start, int length, EmbeddingOptions options)
    {
        int width = states.Columns;
        var sums = new double[width];
        int counted = options.Pooling == Pooling.First ? 1 : length;
        for (int token = start; token < start + counted; token++)
        {
            ReadOnlySpan<float> row = states.Values.Slice(token * width, width);
            for (int i = 0; i < width; i++)
            {
                sums[i] += row[i];
            }
        }

        float[] vector = [.. sums.Take(options.Dimensions ?? width).Select(sum => (float)(sum / counted))];
        double size = Math.Sqrt(vector.Sum(value => (double)value * value));
        return options.Normalize && size > 0 ? [.. vector.Select(value => (float)(value / size))] : vector;
    }

    private int[] Encode(string text, int place, bool truncate)
    {
        int[] ids = Tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = true });
        int longest = Model.Config.MaxLength;
        if (ids.Length == 0)
        {
            throw new ArgumentException($"text {place} has no tokens, and the tokenizer puts none around it; leave empty texts out");
        }

        return ids.Length <= longest ? ids
            : truncate ? [.. ids[..(longest - 1)], ids[^1]] // what the tokenizer puts behind a text stays there
            : throw new ArgumentException($"text {place} has {ids.Length} tokens, but the model reads {longest}; cut it into parts, or allow it to be truncated");
    }
}
