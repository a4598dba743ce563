using Heed.Models.Causal;
using Heed.Models.Formats.Gguf;
using Heed.Models.Pretrained;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Text.Tokenizers;

namespace Heed.Models.Llama;

/// <summary>Writes LLaMA and its relatives as GGUF files that llama.cpp reads.</summary>
internal static class LlamaGgufWriter
{
    /// <summary>Writes a model.</summary>
    /// <param name="model">The model, with the name and the special tokens of its configuration.</param>
    /// <param name="path">The file.</param>
    /// <param name="type">How matrices are stored; vectors are always F32.</param>
    /// <param name="tokenizer">The tokenizer, or null for the one that the model's own file had.</param>
    public static void Save(PretrainedModel model, string path, GgufTensorType type, GgufVocabulary? tokenizer)
    {
        DecoderOnlyModel body = model.Model as DecoderOnlyModel ?? throw new ArgumentException("GGUF files hold models that continue text; this one scores classes", nameof(model));
        // llama.cpp knows Mistral as LLaMA.
        string architecture = model.Architecture == "qwen2" ? "qwen2" : "llama";
        var writer = new GgufWriter();
        AddMetadata(writer, architecture, body.Config);
        foreach ((string key, GgufValue value) in tokenizer is null ? model.TokenizerMetadata : GgufTokenizer.Write(tokenizer))
        {
            writer.Add(key, value);
        }

        foreach (ForeignTensor tensor in PretrainedFolder.ForeignTensors(body, LlamaGguf.Rules(body.Config, architecture)))
        {
            writer.Add(tensor.Name, TypeOf(tensor.Shape, type), tensor.Shape, tensor.Read);
        }

        if (Factors(body.Config) is { } factors)
        {
            writer.Add("rope_freqs.weight", GgufTensorType.F32, [factors.Length], () => factors);
        }

        writer.Save(path);
    }

    // A row that blocks do not divide is stored as halves.
    private static GgufTensorType TypeOf(long[] shape, GgufTensorType type) => shape.Length < 2 ? GgufTensorType.F32
        : GgufWriter.CanStore(type, shape) ? type
        : GgufTensorType.F16;

    private static void AddMetadata(GgufWriter writer, string architecture, DecoderOnlyConfig config)
    {
        uint headDim = (uint)(config.HeadDim ?? (config.DModel / config.NumHeads));
        writer.Add("general.architecture", GgufValue.Of(architecture));
        void Add(string key, uint value) => writer.Add($"{architecture}.{key}", GgufValue.Of(value));
        Add("vocab_size", (uint)config.VocabSize);
        Add("context_length", (uint)config.MaxLength);
        Add("embedding_length", (uint)config.DModel);
        Add("block_count", (uint)config.NumLayers);
        Add("feed_forward_length", (uint)config.DFeedForward);
        Add("attention.head_count", (uint)config.NumHeads);
        Add("attention.head_count_kv", (uint)(config.NumKeyHeads ?? config.NumHeads));
        Add("attention.key_length", headDim);
        Add("attention.value_length", headDim);
        Add("rope.dimension_count", headDim);
        if (config.Window is { } window)
        {
            Add("attention.sliding_window", (uint)window);
        }

        writer.Add($"{architecture}.attention.layer_norm_rms_epsilon", GgufValue.Of(config.NormEpsilon));
        writer.Add($"{architecture}.rope.freq_base", GgufValue.Of(config.Rotary!.Theta));
        if (config.Rotary.Scaling is LinearRotaryScaling linear)
        {
            writer.Add($"{architecture}.rope.scaling.type", GgufValue.Of("linear"));
            writer.Add($"{architecture}.rope.scaling.factor", GgufValue.Of((float)linear.Factor));
        }
    }

    // What llama.cpp divides each pair's frequency by; LLaMA 3's rule has no other place in the format.
    private static float[]? Factors(DecoderOnlyConfig config)
    {
        if (config.Rotary!.Scaling is null or LinearRotaryScaling)
        {
            return null;
        }

        int headDim = config.HeadDim ?? (config.DModel / config.NumHeads);
        double[] unscaled = RotaryFrequencies.Geometric(headDim, config.Rotary.Theta).Speeds.ToArray();
        double[] scaled = config.Rotary.Frequencies(headDim).Speeds.ToArray();
        return [.. unscaled.Zip(scaled, (before, after) => (float)(before / after))];
    }
}
