using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ModelCompiler.Tests;

namespace Samples.Tests;

/// <summary>The web service, asked as its users ask it.</summary>
public sealed class DigitServiceTests : IDisposable
{
    private readonly RunningDotNet _service = new(new ProcessStartInfo(
        "dotnet", [Path.Combine(Repository.Root, "artifacts", "bin", "DigitService", Repository.Configuration.ToLowerInvariant(), "DigitService.dll"), "--urls", "http://127.0.0.1:0"])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    });

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task ReadsAPhotoAndTellsItsHealthAndMetrics()
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new HttpClient { BaseAddress = await Address(token) };
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "DigitReader", "Photos", "three.png"), token));
        using var answer = await client.PostAsync("/digits", photo, token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(token)).ShouldStartWith("""{"digit":3,"score":0.9""");

        using var noPhoto = new StringContent("no photo");
        using var refused = await client.PostAsync("/digits", noPhoto, token);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(token)).ShouldContain("neither a JPEG nor a PNG image");

        (await client.GetStringAsync("/health", token)).ShouldBe("Healthy");
        (await client.GetStringAsync("/metrics", token)).ShouldMatch("""modelcompiler_run_duration_seconds_count\{[^}]*modelcompiler_model="digits"[^}]*\} 1\b""");
    }

    /// <summary>It takes a free port, and says which.</summary>
    private async Task<Uri> Address(CancellationToken token) =>
        new(Regex.Match(await _service.ReadUntil("Now listening on: ", token), @"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["address"].Value);
}
