namespace Heed.Tensors.Devices;

/// <summary>The numbers of one Adam step (Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019 for the decay).</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="WeightDecay">Decoupled decay: the parameter is first multiplied by 1 - LearningRate * WeightDecay.</param>
/// <param name="BiasCorrection1">1 - Beta1^t.</param>
/// <param name="BiasCorrection2">1 - Beta2^t.</param>
/// <param name="GradientScale">A factor on the gradient: clipping, and averaging over accumulated batches.</param>
public readonly record struct AdamStep(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float WeightDecay, float BiasCorrection1, float BiasCorrection2, float GradientScale);

/// <summary>The numbers of one step of gradient descent.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Momentum">Decay of the velocity; 0 for none.</param>
/// <param name="WeightDecay">Added to the gradient, times the parameter.</param>
/// <param name="GradientScale">A factor on the gradient.</param>
public readonly record struct SgdStep(float LearningRate, float Momentum, float WeightDecay, float GradientScale);

/// <summary>The numbers of one Adagrad step (Duchi et al. 2011).</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Epsilon">Added to the root of the summed squares.</param>
/// <param name="GradientScale">A factor on the gradient.</param>
public readonly record struct AdagradStep(float LearningRate, float Epsilon, float GradientScale);
