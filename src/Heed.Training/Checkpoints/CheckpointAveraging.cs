using Heed.Models.Formats;
using Heed.Nn;

namespace Heed.Training.Checkpoints;

/// <summary>Averages the weights of several checkpoints of one run into a model that is usually better than each.</summary>
/// <remarks>
/// Vaswani et al. 2017, section 6.1, average the last checkpoints; here it is the best ones. One tensor is in memory at a time.
/// </remarks>
public static class CheckpointAveraging
{
    /// <summary>Sets the model's weights to the mean of some checkpoints.</summary>
    /// <param name="store">The run's checkpoints.</param>
    /// <param name="steps">Which ones; at least one.</param>
    /// <param name="model">Receives the mean.</param>
    /// <exception cref="ModelFileException">A file is missing, damaged or belongs to another model; the message says what to do.</exception>
    public static void Average(CheckpointStore store, IReadOnlyList<int> steps, Module model)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(steps.Count);
        var files = new List<SafetensorsFile>();
        try
        {
            files.AddRange(steps.Select(store.OpenWeights));
            model.Load(new Mean(files));
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private sealed class Mean(List<SafetensorsFile> files) : IParameterSource
    {
        private readonly TensorFile first = new(files[0]);

        public string Description => first.Description;

        public IEnumerable<string> Names => first.Names;

        public IReadOnlyList<long> ShapeOf(string name) => first.ShapeOf(name);

        public void Read(string name, Span<float> destination)
        {
            var sums = new double[destination.Length];
            foreach (SafetensorsFile file in files)
            {
                file.ReadFloat32(name, destination);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += destination[i];
                }
            }

            for (int i = 0; i < sums.Length; i++)
            {
                destination[i] = (float)(sums[i] / files.Count);
            }
        }
    }
}
