using System.Globalization;
using Heed.Benchmarks;

int Argument(int position, int otherwise) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : otherwise;

switch (args.FirstOrDefault())
{
    case "gemm":
        GemmBenchmark.Run(threads: Argument(1, Environment.ProcessorCount));
        return 0;
    case "kernels":
        KernelBenchmark.Run(threads: Argument(1, Environment.ProcessorCount));
        return 0;
    case "train":
        TrainBenchmark.Run(threads: Argument(2, Environment.ProcessorCount), preset: args.ElementAtOrDefault(1) ?? "small", steps: Argument(3, 20));
        return 0;
    default:
        Console.Error.WriteLine("usage: Heed.Benchmarks gemm [THREADS] | kernels [THREADS] | train [small|base] [THREADS] [STEPS]");
        return 2;
}
