namespace Heed.Training.Data;

/// <summary>A sentence pair as token ids, without the tokens that begin and end a sentence.</summary>
/// <param name="Source">The ids of the sentence to translate.</param>
/// <param name="Target">The ids of its translation.</param>
public readonly record struct EncodedPair(int[] Source, int[] Target);
