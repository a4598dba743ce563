using System.CommandLine;

namespace Heed.Cli.Commands;

/// <summary><c>heed</c>: all commands.</summary>
internal static class HeedCommand
{
    public static RootCommand Create() => new("Heed: train, run and see Transformers in pure C#. Start with: heed demo")
    {
        DemoCommand.Create(),
        TrainCommand.Create(),
        TranslateCommand.Create(),
        GenerateCommand.Create(),
        ChatCommand.Create(),
        EmbedCommand.Create(),
        ClassifyCommand.Create(),
        SummarizeCommand.Create(),
        EvaluateCommand.Create(),
        ScoreCommand.Create(),
        ExplainCommand.Create(),
        CompareCommand.Create(),
        TokenizerCommand.Create(),
        InspectCommand.Create(),
        ConvertCommand.Create(),
    };
}
