using Heed.Training.Data;

namespace Heed.Training;

/// <summary>What the gradients of one optimiser step came from.</summary>
/// <param name="Loss">The mean loss of the step's labels, in nats.</param>
/// <param name="Tokens">The tokens that the model read.</param>
/// <param name="Next">Where the next step begins in the data.</param>
internal readonly record struct StepGradients(double Loss, int Tokens, DataPosition Next);
