using Heed.Models.Adapters;
using Heed.Models.Pretrained;
using Heed.Nn.Optimizers;
using Heed.Tensors.Random;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The example of docs/concepts/fine-tuning.md, which reads and writes folders of the reader's: compiled, not run.</summary>
internal static class FineTuningCode
{
    public static void TrainAnAdapter()
    {
        PretrainedModel model = PretrainedModel.Load("model-folder");
        ModelAdapter adapter = ModelAdapter.Create(model, new AdapterConfig { Rank = 8, Targets = "q_proj, v_proj" }, new SeededRandom(1));
        var optimizer = new Adam(adapter.NamedParameters(), learningRate: 1e-3f);   // knows nothing of the model's own weights
        // train, then
        adapter.Save("adapter-folder", baseModel: "model-folder");
        adapter.Merge();
        model.Save("merged-folder");
        _ = optimizer;
    }
}
