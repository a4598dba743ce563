using System.CommandLine;
using Heed.Cli.Commands;
using Heed.Cli.Terminal;

var root = new RootCommand("Heed: train, run and see Transformers in pure C#.")
{
    TrainCommand.Create(),
    TokenizerCommand.Create(),
};
return CommandRunner.Run(root, args);
