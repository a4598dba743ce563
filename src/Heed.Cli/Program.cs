using System.Text;
using Heed.Cli.Commands;
using Heed.Cli.Terminal;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
StandardOutput.Install();
return CommandRunner.Run(HeedCommand.Create(), args);
