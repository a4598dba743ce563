using System.Diagnostics;

namespace Heed.Models.Tests.Explain;

/// <summary>A browser without a window, to see what a page does when it really runs.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome", "chrome.exe"];

    /// <summary>Opens the page with this fragment and returns its document after its script has run; skips the test where no Chromium is installed.</summary>
    internal static async Task<string> DumpAsync(string page, string fragment)
    {
        var browser = Find();
        Assert.SkipWhen(browser is null, "no Chromium in PATH: install chromium to run the page's script");
        var folder = Directory.CreateTempSubdirectory("heed-page-").FullName;
        try
        {
            var file = Path.Combine(folder, "page.html");
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
            return await RunAsync(browser, folder, new Uri(file).AbsoluteUri + fragment);
        }
        finally
        {
            DeleteIfPossible(folder);
        }
    }

    private static async Task<string> RunAsync(string browser, string folder, string address)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--user-data-dir=" + folder, "--dump-dom", address,
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2)); // a browser that hangs must not hang the tests
        using var process = Process.Start(start)!;
        await using var ended = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var document = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"Chromium ended with {process.ExitCode}: {await errors}");
        return document;
    }

    /// <summary>A helper process of the browser may still be writing into its profile as the browser ends.</summary>
    private static void DeleteIfPossible(string folder)
    {
        try { Directory.Delete(folder, recursive: true); }
        catch (IOException) { }
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
