using OnnxRuntimeFeed;

try
{
    PackageRequest.Parse(args).Fulfil();
    return 0;
}
catch (FeedException failure)
{
    Console.Error.WriteLine($"OnnxRuntimeFeed : error : {failure.Message}");
    return 1;
}
