namespace Heed.Tensors.Devices;

/// <content>The matrix product.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void MatMul(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor? bias, Tensor y, bool accumulate)
    {
        var sizes = MatMulSizes.Of(a, transposeA, b, transposeB);
        Span<float> result = y.MutableValues();
        for (int batch = 0; batch < sizes.Batch; batch++)
        {
            ReadOnlySpan<float> left = a.Values.Slice(batch * sizes.StrideA, sizes.M * sizes.K);
            ReadOnlySpan<float> right = b.Values.Slice(batch * sizes.StrideB, sizes.K * sizes.N);
            Span<float> product = result.Slice(batch * sizes.M * sizes.N, sizes.M * sizes.N);
            for (int row = 0; row < sizes.M; row++)
            {
                for (int column = 0; column < sizes.N; column++)
                {
                    double sum = accumulate ? product[(row * sizes.N) + column] : 0;
                    for (int k = 0; k < sizes.K; k++)
                    {
                        double u = left[transposeA ? (k * sizes.M) + row : (row * sizes.K) + k];
                        double v = right[transposeB ? (column * sizes.K) + k : (k * sizes.N) + column];
                        sum += u * v;
                    }

                    product[(row * sizes.N) + column] = (float)(sum + (bias is null ? 0 : bias.Values[column]));
                }
            }
        }
    }
}
