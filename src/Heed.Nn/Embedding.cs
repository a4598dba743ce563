using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>A table with one learned vector for each token of the vocabulary.</summary>
public sealed class Embedding : Module
{
    /// <summary>Creates a table.</summary>
    /// <param name="vocabSize">The number of rows.</param>
    /// <param name="dModel">The width of a row.</param>
    /// <param name="random">Draws the values: see <see cref="Initialization.EmbeddingTable"/>; null leaves them zero, to be loaded.</param>
    /// <param name="scale">What every looked-up element is multiplied by: sqrt(dModel) in the original Transformer.</param>
    public Embedding(int vocabSize, int dModel, RandomSource? random, float scale = 1f)
    {
        Weight = Parameter("weight", Initialization.EmbeddingTable(vocabSize, dModel, random));
        Scale = scale;
    }

    /// <summary>The table, [vocabSize, dModel].</summary>
    public Tensor Weight { get; }

    /// <summary>What every looked-up element is multiplied by.</summary>
    public float Scale { get; }

    /// <summary>Looks tokens up.</summary>
    /// <param name="ids">Token ids; not changed before the backward pass.</param>
    /// <returns>[ids, dModel].</returns>
    public Tensor Forward(ReadOnlyMemory<int> ids) => Ops.Embedding(Weight, ids, Scale);
}
