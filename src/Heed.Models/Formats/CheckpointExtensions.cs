namespace Heed.Models.Formats;

/// <summary>What can be asked of every checkpoint.</summary>
public static class CheckpointExtensions
{
    /// <summary>Reads a tensor as 32-bit floats into a new array.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="name">The tensor.</param>
    /// <exception cref="ModelFileException">There is no such tensor, it holds no floats, or it is too long for one array.</exception>
    public static float[] ReadFloat32(this ICheckpoint checkpoint, string name)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        CheckpointTensor tensor = checkpoint.Require(name);
        if (tensor.ElementCount > Array.MaxLength)
        {
            throw new ModelFileException(checkpoint.FilePath, $"tensor {Display.Quote(name)} is {tensor}, too long for one array");
        }

        float[] values = new float[tensor.ElementCount];
        checkpoint.ReadFloat32(name, values);
        return values;
    }

    /// <summary>A tensor by its name.</summary>
    /// <exception cref="ModelFileException">There is no such tensor.</exception>
    internal static CheckpointTensor Require(this ICheckpoint checkpoint, string name) => checkpoint.Find(name)
        ?? throw new ModelFileException(checkpoint.FilePath, $"there is no tensor {Display.Quote(name)} among the {checkpoint.Tensors.Count} of the file");

    /// <summary>Checks that the values read from a tensor are numbers.</summary>
    /// <exception cref="ModelFileException">One is infinite or not a number.</exception>
    internal static void RequireFinite(this ICheckpoint checkpoint, string name, ReadOnlySpan<float> values)
    {
        int bad = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new ModelFileException(checkpoint.FilePath, $"tensor {Display.Quote(name)} holds {values[bad]} at element {bad}; the weights are damaged, or their training diverged");
        }
    }

    /// <summary>Checks that a destination is as long as a tensor.</summary>
    internal static void CheckLength(this CheckpointTensor tensor, int length)
    {
        if (length != tensor.ElementCount)
        {
            throw new ArgumentException($"tensor {Display.Quote(tensor.Name)} is {tensor} and needs {tensor.ElementCount} places, not {length}", nameof(length));
        }
    }
}
