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
            Directory.Delete(folder, recursive: true);
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
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var document = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"Chromium ended with {process.ExitCode}: {await errors}");
        return document;
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
