using System.CommandLine;
using Heed.Cli.Commands;
using Heed.Cli.Terminal;

var root = new RootCommand("Heed: train, run and see Transformers in pure C#.")
{
    DemoCommand.Create(),
    TrainCommand.Create(),
    TranslateCommand.Create(),
    EvaluateCommand.Create(),
    ScoreCommand.Create(),
    ExplainCommand.Create(),
    TokenizerCommand.Create(),
    InspectCommand.Create(),
};
return CommandRunner.Run(root, args);
