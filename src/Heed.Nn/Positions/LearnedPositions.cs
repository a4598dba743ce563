using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Positions;

/// <summary>One learned vector for each position, as in BERT and GPT-2.</summary>
/// <remarks>Gehring et al. 2017, section 3.1.</remarks>
public sealed class LearnedPositions : PositionEncoding
{
    /// <summary>Creates the table.</summary>
    /// <param name="maxLength">The number of positions.</param>
    /// <param name="dModel">The width of a vector.</param>
    /// <param name="random">Draws the values: see <see cref="Initialization.EmbeddingTable"/>; null leaves them zero, to be loaded.</param>
    public LearnedPositions(int maxLength, int dModel, RandomSource? random) =>
        Weight = Parameter("weight", Initialization.EmbeddingTable(maxLength, dModel, random));

    /// <summary>The table, [maxLength, dModel].</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    public override int? MaxLength => Weight.Shape[0];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A position is beyond <see cref="MaxLength"/>.</exception>
    public override Tensor Forward(ReadOnlyMemory<int> positions)
    {
        foreach (int position in positions.Span)
        {
            if ((uint)position >= (uint)Weight.Shape[0])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(positions), position, $"position {position} has no learned vector; the model was made for sequences of at most {Weight.Shape[0]} tokens, shorten the text");
            }
        }

        return Ops.Embedding(Weight, positions);
    }
}
