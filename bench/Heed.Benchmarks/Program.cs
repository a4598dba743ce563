return Heed.Benchmarks.BenchmarkCommand.Run(args);
