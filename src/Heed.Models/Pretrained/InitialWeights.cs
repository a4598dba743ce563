using Heed.Nn;
using Heed.Tensors.Random;

namespace Heed.Models.Pretrained;

/// <summary>Draws the weights of a new model from normal distributions around zero. Vectors stay as they are made: biases zero, gains one.</summary>
internal static class InitialWeights
{
    /// <summary>What GPT-2, BERT and LLaMA draw their matrices with.</summary>
    public const double UsualDeviation = 0.02;

    /// <param name="model">The model, as it is made without a generator.</param>
    /// <param name="deviationOf">The standard deviation of a matrix, by its name.</param>
    /// <param name="random">Draws matrix after matrix, in the order of the parameters.</param>
    public static void Draw(Module model, Func<string, double> deviationOf, RandomSource random)
    {
        foreach (NamedParameter parameter in model.NamedParameters().Where(parameter => parameter.Tensor.Shape.Rank > 1))
        {
            random.FillNormal(parameter.Tensor.MutableValues(), 0, deviationOf(parameter.Name));
        }
    }
}
