namespace Heed.Tensors.Devices;

/// <content>Activations and their derivatives.</content>
public sealed partial class ReferenceDevice
{
    private const double SqrtTwoOverPi = 0.79788456080286535588;

    /// <inheritdoc/>
    public override void Activate(Activation activation, Tensor x, Tensor y) =>
        Map(x, x, y, (u, _) => (float)Value(activation, u));

    /// <inheritdoc/>
    public override void ActivateBackward(Activation activation, Tensor x, Tensor dy, Tensor dx) =>
        Map(x, dy, dx, (u, d) => (float)(d * Derivative(activation, u)));

    private static double Value(Activation activation, double x) => activation switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.Gelu => x * NormalCdf(x),
        Activation.GeluTanh => x * Sigmoid(2 * Inner(x)), // (1 + tanh u) / 2 without its cancellation where u is far below zero
        Activation.Silu => x * Sigmoid(x),
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };

    private static double Derivative(Activation activation, double x)
    {
        switch (activation)
        {
            case Activation.Relu:
                return x > 0 ? 1 : 0;
            case Activation.Gelu:
                return NormalCdf(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
            case Activation.GeluTanh:
                double tanh = Math.Tanh(Inner(x));
                return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * SqrtTwoOverPi * (1 + (3 * 0.044715 * x * x)));
            case Activation.Silu:
                double gate = Sigmoid(x);
                return gate * (1 + (x * (1 - gate)));
            case Activation.Tanh:
                double y = Math.Tanh(x);
                return 1 - (y * y);
            case Activation.Sigmoid:
                double sigmoid = Sigmoid(x);
                return sigmoid * (1 - sigmoid);
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation");
        }
    }

    private static double Inner(double x) => SqrtTwoOverPi * (x + (0.044715 * x * x * x));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double NormalCdf(double x) => 0.5 * (1 + Erf(x / Math.Sqrt(2)));

    // The Maclaurin series near zero and the continued fraction of erfc further out, both to double precision.
    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a < 3)
        {
            double term = a;
            double sum = a;
            for (int n = 1; n < 100 && Math.Abs(term) > 1e-18 * sum; n++)
            {
                term *= -a * a / n;
                sum += term / ((2 * n) + 1);
            }

            return Math.CopySign(2 / Math.Sqrt(Math.PI) * sum, x);
        }

        double fraction = 0;
        for (int n = 60; n >= 1; n--)
        {
            fraction = n / 2.0 / (a + fraction);
        }

        return Math.CopySign(1 - (Math.Exp(-a * a) / Math.Sqrt(Math.PI) / (a + fraction)), x);
    }
}
