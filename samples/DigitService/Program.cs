using DigitReader;
using DigitService;
using ModelCompiler;
using OpenTelemetry.Metrics;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDigits();
builder.Services.AddHealthChecks().AddDigits();
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(ModelTelemetry.Name).AddPrometheusExporter());

var app = builder.Build();
app.Services.GetRequiredService<Digits>().WarmUp();
app.MapHealthChecks("/health");
app.MapPrometheusScrapingEndpoint("/metrics");

// curl --data-binary @samples/DigitReader/Photos/three.png http://localhost:5000/digits
app.MapPost("/digits", async (HttpRequest request, Digits digits, CancellationToken cancellationToken) =>
{
    using var photo = new MemoryStream();
    await request.Body.CopyToAsync(photo, cancellationToken);
    try
    {
        var framed = DigitFraming.Frame(ImageDecoder.Decode(photo.GetBuffer().AsSpan(0, (int)photo.Length)));
        var seen = digits.Classify(PixelBuffer.Gray(framed, DigitFraming.Side, DigitFraming.Side), cancellationToken);
        return Results.Ok(new Answer(seen.Index, seen.Score));
    }
    catch (Exception error) when (error is ImageDecodeException or ArgumentException)
    {
        return Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});

app.Run();
