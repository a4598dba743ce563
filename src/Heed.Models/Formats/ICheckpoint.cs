namespace Heed.Models.Formats;

/// <summary>A file, or a set of files, of named tensors and metadata: what every format of weights comes down to.</summary>
/// <remarks>Opening one checks all of its structure and reads no weights; those are mapped into memory and converted on demand.</remarks>
public interface ICheckpoint : IDisposable
{
    /// <summary>The file or folder, as error messages name it.</summary>
    string FilePath { get; }

    /// <summary>The tensors, in the order of their names (ordinal).</summary>
    IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>What the file says about itself, as text: by key, in the order of the keys.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor by its name, or null.</summary>
    /// <param name="name">The name.</param>
    CheckpointTensor? Find(string name);

    /// <summary>Reads a tensor of any float or quantised type as 32-bit floats.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Receives the values in row-major order; exactly as long as the tensor.</param>
    /// <exception cref="ModelFileException">There is no such tensor, or it holds no floats.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    void ReadFloat32(string name, Span<float> destination);
}
