using Heed.Models.Causal;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Models.Llama;

/// <summary>LLaMA 1 to 3 and those that changed a detail of it: Mistral (sliding window) and Qwen2 (biases on queries, keys and values).</summary>
internal sealed class LlamaFamily(string modelType) : PretrainedFamily
{
    public override string ModelType => modelType;

    public override string ClassifierName => modelType switch { "mistral" => "Mistral", "qwen2" => "Qwen2", _ => "Llama" } + "ForSequenceClassification";

    public override Module Create(HuggingFaceConfig config, ICheckpoint checkpoint)
    {
        DecoderOnlyConfig sizes = LlamaConfigFile.Read(config, modelType);
        GuardSize(sizes.FewestParameters + DecoderClassifiers.HeadParameters(sizes, config), sizes.NumLayers, checkpoint);
        return DecoderClassifiers.Create(sizes, config, UsualPooling);
    }

    public override Module CreateClassifier(Module body, int numClasses, Pooling pooling, RandomSource random) => DecoderClassifiers.Over(body, numClasses, pooling, random);

    public override TensorRules Rules(Module model)
    {
        bool hasOutput = DecoderClassifiers.HasOutput(model);
        return new TensorRules { Canonical = name => Canonical(name, hasOutput) }.AddLlama();
    }

    public override (Module Model, TensorRules Rules, string Config) FromGguf(GgufFile file)
    {
        DecoderOnlyConfig sizes = LlamaGguf.Read(file, modelType);
        GuardSize(sizes.FewestParameters, sizes.NumLayers, file);
        return (new DecoderOnlyModel(sizes, random: null), LlamaGguf.Rules(sizes, modelType), LlamaConfigFile.Write(sizes, modelType, LlamaGguf.TokenIds(file)));
    }

    public override void SaveGguf(PretrainedModel model, string path, GgufTensorType type, GgufVocabulary? tokenizer) => LlamaGgufWriter.Save(model, path, type, tokenizer);

    // Found on the hub: the table stored once more under the output layer's name, and rotary frequencies, which are computed.
    private static string? Canonical(string name, bool hasOutput) =>
        (!hasOutput && name == "lm_head.weight") || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal) ? null : name;
}
