using System.Globalization;
using Heed.Benchmarks;

int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
switch (args.FirstOrDefault())
{
    case "gemm":
        GemmBenchmark.Run(threads);
        return 0;
    default:
        Console.Error.WriteLine("usage: Heed.Benchmarks gemm [threads]");
        return 2;
}
