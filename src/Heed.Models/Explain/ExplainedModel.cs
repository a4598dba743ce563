namespace Heed.Models.Explain;

/// <summary>What a page says about the model that it explains.</summary>
/// <param name="Name">The model's name, for example the name of its folder.</param>
/// <param name="Layers">How many layers the encoder and the decoder have each.</param>
/// <param name="Heads">How many attention heads a layer has.</param>
/// <param name="Parameters">How many trainable numbers the model has.</param>
public sealed record ExplainedModel(string Name, int Layers, int Heads, long Parameters);
