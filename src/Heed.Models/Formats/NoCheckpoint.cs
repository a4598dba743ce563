namespace Heed.Models.Formats;

/// <summary>No weights at all: for a model that is made new.</summary>
internal sealed class NoCheckpoint : ICheckpoint
{
    public static NoCheckpoint Instance { get; } = new();

    public string FilePath => "a new model";

    public IReadOnlyList<CheckpointTensor> Tensors => [];

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public CheckpointTensor? Find(string name) => null;

    public void ReadFloat32(string name, Span<float> destination) => throw new ModelFileException(FilePath, $"there is no tensor {Display.Quote(name)}");

    public void Dispose()
    {
    }
}
