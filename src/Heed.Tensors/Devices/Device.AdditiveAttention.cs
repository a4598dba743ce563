namespace Heed.Tensors.Devices;

/// <content>Additive attention.</content>
public abstract partial class Device
{
    /// <summary>
    /// For query i and each of its rows j: score = sum over c of score[c] tanh(query[i, c] + keys[j, c]); weights = softmax(scores);
    /// context[i] = the sum of weights[j] values[j]. Keeps the weights, packed. A query without rows has a context of zeros.
    /// </summary>
    public abstract void AdditiveAttention(Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor context);

    /// <summary>The gradients of <see cref="AdditiveAttention"/>; those of keys, score and values are added to their destinations.</summary>
    public abstract void AdditiveAttentionBackward(
        Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor dContext, Tensor dQuery, Tensor dKeys, Tensor dScore, Tensor dValues);
}
