using OnnxRuntimeFeed;

try
{
    FeedOrder.Parse(args).Fulfil();
    return 0;
}
catch (Exception failure) when (failure is FeedException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"OnnxRuntimeFeed : error : {failure.Message}");
    return 1;
}
