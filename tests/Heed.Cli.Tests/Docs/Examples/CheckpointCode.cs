using Heed.Models.Formats;
using Heed.Models.Pretrained;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The example of docs/concepts/checkpoints.md, which reads and writes files of the reader's: compiled, not run.</summary>
internal static class CheckpointCode
{
    public static void LoadAndSave()
    {
        PretrainedModel model = PretrainedModel.Load("model-folder");   // or a .gguf, or a .bin
        model.Save("copy", SafetensorsDataType.BFloat16);
    }
}
