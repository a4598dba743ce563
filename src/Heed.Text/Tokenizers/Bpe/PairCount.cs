namespace Heed.Text.Tokenizers.Bpe;

/// <summary>A pair of neighbouring pieces met in training: how often it occurs now, and where it occurs or once did.</summary>
internal sealed class PairCount(int left, int right)
{
    public int Left => left;

    public int Right => right;

    public long Count { get; set; }

    public List<int> Positions { get; } = [];
}
