using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Encoders;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Adapters;

/// <summary>Small published models of each architecture, and adapters that change them.</summary>
internal static class AdaptedModels
{
    public static TheoryData<string> Folders => ["gpt2", "llama-gqa", "qwen2", "bert-mlm", "bert-cls", "distilbert-cls", "roberta-mlm", "t5-v1.0", "t5-v1.1", "marian", "bart"];

    public static PretrainedModel Load(string folder) => PretrainedModel.Load(SharedFolder.PathOrSkip($"golden/hf/{folder}"));

    /// <summary>What a model computes of a few tokens: states or logits, whatever it ends in.</summary>
    public static float[] Output(Module model)
    {
        int[] ids = [5, 9, 4, 7, 3];
        var sequences = Segments.FromLengths(3, 2);
        return model switch
        {
            CausalLanguageModel causal => causal.Logits(ids, sequences).ToArray(),
            EncoderModel encoder => encoder.States(ids, sequences).ToArray(),
            Seq2SeqModel pairs => pairs.Logits(TokenBatch.Pack([[5, 9, 4], [7, 3]], [[6, 8], [4, 4, 5]], pairs.BosId, pairs.EosId)).ToArray(),
            _ => throw new ArgumentException($"no output of {model.GetType().Name} is known", nameof(model)),
        };
    }

    /// <summary>An adapter whose matrices B are as if they had been trained.</summary>
    public static ModelAdapter Trained(PretrainedModel model, AdapterConfig? config = null, int seed = 1) =>
        Disturb(ModelAdapter.Create(model, config ?? new AdapterConfig { Rank = 3, Alpha = 4 }, new SeededRandom(2)), seed);

    public static ModelAdapter Disturb(ModelAdapter adapter, int seed)
    {
        foreach ((string name, Tensor tensor) in adapter.NamedParameters())
        {
            if (name.EndsWith("lora_B", StringComparison.Ordinal))
            {
                RandomTensor.Normal(seed++, tensor.Shape, 0.05f).Values.CopyTo(tensor.MutableValues());
            }
        }

        return adapter;
    }
}
