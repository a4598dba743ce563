using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Attention with several heads, each with its own learned projections: self-attention, causal or not, and cross-attention.</summary>
/// <remarks>
/// head_i = attention(query W_i^Q, memory W_i^K, memory W_i^V); output = concat(heads) W^O. Vaswani et al. 2017, section 3.2.2.
/// The projections of all heads are one matrix each, and have biases, which the paper does not mention and its code has.
/// </remarks>
public sealed class MultiHeadAttention : Module
{
    // As initialised, the three input projections together are one Xavier-uniform matrix [3 * dModel, dModel] (PyTorch, fairseq).
    private static readonly float InputGain = MathF.Sqrt(0.5f);

    private readonly MultiHeadAttentionConfig config;

    /// <summary>Creates a layer of the paper's kind.</summary>
    /// <param name="dModel">The width of queries, memory and output.</param>
    /// <param name="numHeads">The number of heads; divides dModel.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    /// <exception cref="ArgumentException">numHeads does not divide dModel.</exception>
    public MultiHeadAttention(int dModel, int numHeads, RandomSource? random, float dropout = 0f)
        : this(new MultiHeadAttentionConfig { DModel = dModel, NumHeads = numHeads, Dropout = dropout }, random)
    {
    }

    /// <summary>Creates a layer.</summary>
    /// <param name="config">Its sizes and choices.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public MultiHeadAttention(MultiHeadAttentionConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        this.config = config;
        HeadDim = config.HeadDim ?? (config.DModel / config.NumHeads);
        int inputSize = config.InputSize ?? config.DModel, memorySize = config.MemorySize ?? inputSize;
        int queryWidth = config.NumHeads * HeadDim, keyWidth = (config.NumKeyHeads ?? config.NumHeads) * HeadDim;
        QueryProjection = Child("q_proj", new Linear(inputSize, queryWidth, random, config.InputBias, InputGain));
        KeyProjection = Child("k_proj", new Linear(memorySize, keyWidth, random, config.InputBias, InputGain));
        ValueProjection = Child("v_proj", new Linear(memorySize, keyWidth, random, config.InputBias, InputGain));
        OutputProjection = Child("out_proj", new Linear(queryWidth, config.DModel, random, config.OutputBias));
    }

    /// <summary>The number of query heads.</summary>
    public int NumHeads => config.NumHeads;

    /// <summary>The width of a head.</summary>
    public int HeadDim { get; }

    /// <summary>W^Q of all heads.</summary>
    public Linear QueryProjection { get; }

    /// <summary>W^K of all heads.</summary>
    public Linear KeyProjection { get; }

    /// <summary>W^V of all heads.</summary>
    public Linear ValueProjection { get; }

    /// <summary>W^O.</summary>
    public Linear OutputProjection { get; }

    /// <summary>Attends from x to memory; they are the same tensor in self-attention.</summary>
    /// <param name="x">[query rows, dModel].</param>
    /// <param name="memory">[key rows, dModel].</param>
    /// <param name="pattern">Which queries see which keys.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[query rows, dModel].</returns>
    public Tensor Forward(Tensor x, Tensor memory, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Attend(x, Project(memory, config.Rotary is null || pattern is null ? null : pattern.Keys.Positions(), dropout), pattern!, dropout, recorder);

    /// <summary>The keys and values of memory rows: what decoding computes once and keeps.</summary>
    /// <param name="memory">[key rows, dModel].</param>
    /// <param name="positions">The position of each row in its sequence; only a layer with rotary positions needs them.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    public KeyValues Project(Tensor memory, int[]? positions = null, DropoutSource? dropout = null) =>
        new(Rotate(KeyProjection.Forward(memory, dropout), positions), ValueProjection.Forward(memory, dropout));

    /// <summary>The keys and values of self-attention: of the rows that ask, at their own positions, behind those of earlier rows in a cache.</summary>
    /// <param name="x">[query rows, dModel].</param>
    /// <param name="pattern">Where the rows stand.</param>
    /// <param name="cache">Receives the rows and supplies the earlier ones; null when x is everything.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    public KeyValues ProjectOwn(Tensor x, AttentionPattern pattern, KeyValueCache? cache = null, DropoutSource? dropout = null)
    {
        KeyValues own = Project(x, config.Rotary is null ? null : pattern?.QueryPositions(), dropout);
        return cache is null ? own : cache.Append(own);
    }

    /// <summary>Attends from x to keys and values that are already projected.</summary>
    /// <param name="x">[query rows, dModel].</param>
    /// <param name="memory">The projected rows.</param>
    /// <param name="pattern">Which queries see which keys.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[query rows, dModel].</returns>
    public Tensor Attend(Tensor x, KeyValues memory, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Tensor query = Rotate(QueryProjection.Forward(x, dropout), config.Rotary is null ? null : pattern.QueryPositions()); // [query rows, numHeads * headDim]
        AttentionSettings settings = pattern.ToSettings(NumHeads, config.Dropout, dropout);
        AttentionWeights? weights = recorder?.Record(this, settings);
        Tensor context = ScaledDotProductAttention.Forward(query, memory.Keys, memory.Values, settings, weights);
        return OutputProjection.Forward(context, dropout);
    }

    private Tensor Rotate(Tensor heads, int[]? positions)
    {
        if (config.Rotary is null)
        {
            return heads;
        }

        return config.Rotary.Rotate(heads, positions ?? throw new ArgumentNullException(nameof(positions), "keys with rotary positions need the position of every row"), HeadDim);
    }
}
