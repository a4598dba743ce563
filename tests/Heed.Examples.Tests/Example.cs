using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Heed.Examples.Tests;

/// <summary>A file of the folder examples, compiled and run in this process: what <c>dotnet run</c> does, without a build for each.</summary>
internal static class Example
{
    // What the SDK gives every program with implicit usings.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);
    private static readonly ConcurrentDictionary<string, string> Outputs = new(StringComparer.Ordinal);
    private static readonly Lock Console = new();

    public static string Folder { get; } = Path.Combine(Repository.Root, "examples");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>What an example prints; each runs once.</summary>
    public static string Output(string file) => Outputs.GetOrAdd(file, name => Output(name, arguments: []));

    /// <summary>What an example prints when it is given arguments.</summary>
    public static string Output(string file, params string[] arguments)
    {
        MethodInfo main = Compile(file).EntryPoint!;
        lock (Console)
        {
            TextWriter before = System.Console.Out;
            using var output = new StringWriter { NewLine = "\n" };
            System.Console.SetOut(output);
            try
            {
                main.Invoke(null, [arguments]);
            }
            finally
            {
                System.Console.SetOut(before);
            }

            return output.ToString();
        }
    }

    private static Assembly Compile(string file)
    {
        // Lines that begin with "#:" are for the builder of file-based programs; commented out, every line keeps its number.
        string[] lines = [.. File.ReadLines(Path.Combine(Folder, file)).Select(line => line.StartsWith("#:", StringComparison.Ordinal) ? "//" + line : line)];
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(string.Join('\n', lines), Parse, file, Encoding.UTF8), CSharpSyntaxTree.ParseText(ImplicitUsings, Parse)],
            platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        compilation.Emit(image);
        Diagnostic[] complaints = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(complaints.Length == 0, string.Join('\n', complaints.Select(complaint => complaint.ToString())));
        image.Position = 0;
        return new AssemblyLoadContext(file).LoadFromStream(image); // of its own, since the same file may be compiled again
    }
}
