namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Several rewritings, one after the other.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<Normalizer> steps) : Normalizer
{
    public override bool Lowercases => steps.Any(step => step.Lowercases);

    public override double Growth => steps.Aggregate(1.0, (growth, step) => growth * step.Growth);

    public override string Normalize(string text) => steps.Aggregate(text, (current, step) => step.Normalize(current));
}
