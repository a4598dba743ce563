namespace Heed.Training.Data.Preflight;

/// <summary>Roughly how much memory training takes.</summary>
internal static class MemoryEstimate
{
    // A weight, its gradient and Adam's two moments, four bytes each.
    private const double BytesPerParameter = 16;

    // Korthikanti et al. 2022, "Reducing activation recomputation", equation 1, gives 34 bytes in half precision for each
    // token, layer and unit of dModel, without the attention weights, which are not kept here; twice that in single precision.
    private const double BytesPerUnit = 68;

    // The loss looks at the logits of no more rows at a time.
    private const int LogitRows = 256;

    /// <summary>The estimate in bytes, or null where the plan does not say enough.</summary>
    public static double? Bytes(TrainingPlan plan, int vocabSize, long corpusTokens)
    {
        if (plan is not { ParameterCount: { } parameters, DModel: { } dModel, NumLayers: { } layers })
        {
            return null;
        }

        double layerTokens = (double)plan.BatchTokens * layers / 2; // a token is of the encoder or of the decoder
        double logits = (double)LogitRows * vocabSize * sizeof(float);
        return (BytesPerParameter * parameters) + (BytesPerUnit * layerTokens * dModel) + logits + (sizeof(int) * corpusTokens);
    }
}
