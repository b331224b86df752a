using System.CommandLine;
using DigitReader.Training.Drawing;
using DigitReader.Training.Export;
using DigitReader.Training.Learning;

var output = new Option<FileInfo>("--output") { Description = "Trains the network and writes it to this .onnx file." };
var seed = new Option<int>("--seed") { Description = "Names the run: the same seed draws the same digits and trains the same network.", DefaultValueFactory = _ => 1 };
var steps = new Option<int>("--steps") { Description = "Updates of the weights, each on 64 new digits.", DefaultValueFactory = _ => new TrainingOptions().Steps };
var threads = new Option<int>("--threads") { Description = "At most this many threads; the result is the same with one.", DefaultValueFactory = _ => 2 };
var sheet = new Option<FileInfo>("--contact-sheet") { Description = "Writes a sheet of drawn digits to this .png, to look at." };
var calibration = new Option<DirectoryInfo>("--calibration") { Description = "Writes labelled 28×28 digits for the compiler into this folder." };
var count = new Option<int>("--calibration-count") { Description = "How many calibration digits.", DefaultValueFactory = _ => 200 };
var photos = new Option<DirectoryInfo>("--photos") { Description = "Writes a photo-like picture of each digit into this folder." };

var command = new RootCommand("Draws handwritten digits and trains the model of samples/DigitReader on them.")
{
    output, seed, steps, threads, sheet, calibration, count, photos,
};
command.SetAction(arguments =>
{
    var number = arguments.GetValue(seed);
    if (arguments.GetValue(sheet) is { } sheetFile)
        PngWriter.Write(sheetFile.FullName, ContactSheet.Paint(number));
    if (arguments.GetValue(calibration) is { } calibrationFolder)
        ImageSets.WriteCalibration(calibrationFolder.FullName, arguments.GetValue(count), number);
    if (arguments.GetValue(photos) is { } photoFolder)
        ImageSets.WritePhotos(photoFolder.FullName, number);
    if (arguments.GetValue(output) is { } modelFile)
        TrainingRun.Write(modelFile, new TrainingOptions { Seed = number, Steps = arguments.GetValue(steps) }, arguments.GetValue(threads));
});
return command.Parse(args).Invoke();
