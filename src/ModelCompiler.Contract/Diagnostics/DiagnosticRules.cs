using static ModelCompiler.Contract.DiagnosticSeverity;

namespace ModelCompiler.Contract;

/// <summary>
/// The one table of diagnostics. MC0 project and items, MC1 the model file, MC2 graph and naming, MC3 optimization and budgets,
/// MC4 profiles and operator support, MC5 packaging, MC6 generator, MC9 internal. Each has a page under docs/diagnostics.
/// </summary>
public static class DiagnosticRules
{
    public static readonly DiagnosticRule ModelFileMissing = new("MC0001", Error, "Model file missing",
        "The model file '{0}' does not exist. Check its path; in <Model Include> it is relative to the project file.");

    public static readonly DiagnosticRule ModelNameTaken = new("MC0002", Error, "Two models with one name",
        "The class name '{0}' is used by two models: this one and '{1}'. Set ClassName on one of the two <Model> items.");

    public static readonly DiagnosticRule MetadataInvalid = new("MC0003", Error, "Metadata not understood",
        "{0}=\"{1}\" is not understood. Use {2}.");

    public static readonly DiagnosticRule SidecarInvalid = new("MC0004", Error, "Sidecar not understood",
        "The model's sidecar cannot be used: {0}");

    public static readonly DiagnosticRule LabelsMissing = new("MC0005", Error, "Labels file missing",
        "The labels file '{0}' does not exist. Paths in Labels are relative to the project, in a sidecar to the sidecar.");

    public static readonly DiagnosticRule LabelsCountMismatch = new("MC0006", Error, "Labels do not fit the model",
        "'{0}' has {1} labels, but the output '{2}' has {3} {4}. Give one label a line, in their order.");

    public static readonly DiagnosticRule ProfileUnknown = new("MC0007", Error, "Unknown profile",
        "There is no profile '{0}'. Use a built-in name ({1}) or the path of a profile's JSON file.");

    public static readonly DiagnosticRule DataMissing = new("MC0008", Error, "Data set missing",
        "The data set '{0}' does not exist. Give a folder of images, a .npz file, or a folder of test_data_set_N directories.");

    public static readonly DiagnosticRule DataEmpty = new("MC0009", Error, "Data set empty",
        "The data set '{0}' holds no samples{1}. Give a folder of JPEG or PNG images, a .npz file, or a folder of test_data_set_N directories.");

    public static readonly DiagnosticRule DataUnreadable = new("MC0010", Error, "Sample not readable",
        "'{0}' cannot be read: {1}. Remove the file from the data set or replace it.");

    public static readonly DiagnosticRule DataDoesNotFit = new("MC0011", Error, "Data does not fit the model",
        "The data set '{0}' does not fit the model: {1}.");

    public static readonly DiagnosticRule RequestInvalid = new("MC0012", Error, "Build request not understood",
        "The build request cannot be used: {0} It is written by the build; delete the obj folder and build again.");

    public static readonly DiagnosticRule LabelsInvalid = new("MC0013", Error, "Labels not understood",
        "Line {0} of the labels file is empty. Give one label a line, in the order of the model's classes.");

    public static readonly DiagnosticRule LabelsUnreadable = new("MC0014", Error, "Labels file cannot be opened",
        "The labels file cannot be opened: {0} Close the program that uses it, or check its permissions.");

    public static readonly DiagnosticRule WrongUsage = new("MC0015", Error, "Wrong usage of modelc",
        "{0} Run '{1} --help' to see what it takes.");

    public static readonly DiagnosticRule BoxInvalid = new("MC0016", Error, "Box not understood",
        "Line {0} is no box: {1}. Write 'class x y width height' for each object: its centre and size as shares of the picture's width and height, 0 to 1.");

    public static readonly DiagnosticRule AssetNameTaken = new("MC0017", Error, "Asset name taken",
        "The app would carry two models as 'models/{0}.onnx': this one of a library, and '{1}'. Rename the file of one of the two.");

    public static readonly DiagnosticRule PackagedModelMissing = new("MC0018", Warning, "Packaged model for other devices",
        "The model '{0}' comes with a package, compiled for {1}; the app is built for {2}, where it will not be found. Ask the package's author for these devices, or load the model from a file.");

    public static readonly DiagnosticRule PackagedForThisMachine = new("MC0019", Warning, "Package for this machine only",
        "The package carries models for {0} only, the machine that packs it, since the project names no profiles. Set ModelCompilerProfiles to those of the apps that will use it, or to portable.");

    public static readonly DiagnosticRule LockInvalid = new("MC0020", Error, "Lock file not understood",
        "The model's lock cannot be used: {0} Correct it, or write it anew with 'modelc accept' or 'dotnet build -p:ModelCompilerAccept=true'.");

    public static readonly DiagnosticRule DataSetsOverlap = new("MC0021", Warning, "Data sets overlap",
        "{0} What is measured there looks better than it is. Give each of the two samples of its own.");

    public static readonly DiagnosticRule SamplesRepeat = new("MC0022", Warning, "Samples repeat",
        "{0} of the {1} samples of the {2} '{3}' are there before: {4}. {5} Keep one of each.");

    public static readonly DiagnosticRule ClassesUneven = new("MC0023", Warning, "Classes are uneven",
        "The evaluation data '{0}' shows little of some classes: {1}. {2}");

    public static readonly DiagnosticRule SamplesSilent = new("MC0024", Warning, "Samples say nothing",
        "The {0} '{1}' is smaller than it looks: {2}. {3}");

    public static readonly DiagnosticRule RangeDoesNotFit = new("MC0025", Warning, "Range does not fit the preprocessing",
        "The numbers for the input '{0}' in the {1} '{2}' reach from {3} to {4}, but its preprocessing makes {5} to {6} of pixels. Store what it makes of them, or correct scale, mean and std.");

    public static readonly DiagnosticRule DataDescriptionInvalid = new("MC0026", Error, "Data set description not understood",
        "The description of a data set cannot be used: {0} Give license, source and description, each a text, or leave the file out.");

    public static readonly DiagnosticRule LimitsContradict = new("MC0027", Error, "Limits contradict each other",
        "{0} and {1} contradict each other: {2}. {3}");

    public static readonly DiagnosticRule TeacherDoesNotFit = new("MC0028", Error, "Teacher does not fit",
        "The teacher '{0}' does not fit the model: {1}. A teacher takes the model's inputs and makes outputs of the same shapes, in the same order or with the same names.");

    public static readonly DiagnosticRule NotOnnx = new("MC1001", Error, "Not an ONNX file",
        "This is not an ONNX model: {0}. Export the model as .onnx and point <Model> at that file.");

    public static readonly DiagnosticRule GitLfsPointer = new("MC1002", Error, "A Git-LFS pointer instead of a model",
        "The file is a Git-LFS pointer, not the model itself. Run 'git lfs pull', or set 'lfs: true' on the checkout step of your CI.");

    public static readonly DiagnosticRule Truncated = new("MC1003", Error, "Model file truncated",
        "The file ends in the middle of a record at byte {0}. It was not copied or downloaded completely; fetch it again.");

    public static readonly DiagnosticRule ExternalDataMissing = new("MC1004", Error, "External data missing",
        "The weights of '{0}' are stored in '{1}', which does not exist or is too short. Keep the data files beside the model.");

    public static readonly DiagnosticRule ExternalDataOutside = new("MC1005", Error, "External data outside the model's folder",
        "The weights of '{0}' point to '{1}', outside the model's folder. That is refused, since a model could read any file of yours. Save the data beside the model.");

    public static readonly DiagnosticRule TooDeep = new("MC1006", Error, "Nested too deep",
        "The model nests graphs or types more than {0} levels deep, which no exporter does. The file is damaged or made to do harm.");

    public static readonly DiagnosticRule SizeMismatch = new("MC1007", Error, "Declared size and data differ",
        "The tensor '{0}' declares {1}, but carries {2} bytes of data. The file is damaged; export the model again.");

    public static readonly DiagnosticRule TooLarge = new("MC1008", Error, "Over a limit",
        "The model has {0}, over the limit of {1}. The file is damaged or made to do harm.");

    public static readonly DiagnosticRule GraphInvalid = new("MC1009", Error, "Graph invalid",
        "The model's graph is not valid ONNX: {0}. Check the export with the tool that wrote it.");

    public static readonly DiagnosticRule RuntimeRefuses = new("MC1010", Error, "ONNX Runtime cannot run the model",
        "ONNX Runtime cannot run this model: {0}");

    public static readonly DiagnosticRule ModelUnreadable = new("MC1011", Error, "Model file cannot be opened",
        "The model file cannot be opened: {0} Close the program that uses it, or check its permissions.");

    public static readonly DiagnosticRule NoUsableName = new("MC2001", Error, "No usable class name",
        "No C# class name can be made from '{0}'. Set ClassName on the <Model> item.");

    public static readonly DiagnosticRule Guessed = new("MC2002", Info, "A guess was made",
        "{0} was not said and is taken to be {1}, from {2}. Say it in the sidecar to be sure.");

    public static readonly DiagnosticRule OptionDoesNotFit = new("MC2003", Error, "Said of the model and not true of it",
        "{0} does not fit the model: {1}. 'modelc inspect' lists its inputs and outputs.");

    public static readonly DiagnosticRule OutputsDiffer = new("MC3001", Error, "Outputs differ from the original",
        "The compiled model's outputs differ from the original's: {0}. Nothing was written. Please report this; ModelCompilerOptimize=false passes the model through.");

    public static readonly DiagnosticRule SizeOverBudget = new("MC3002", Error, "Size over budget",
        "The compiled model has {0}, over MaxSize={1}. {2}");

    public static readonly DiagnosticRule LatencyOverBudget = new("MC3003", Error, "Latency over budget",
        "The compiled model takes {0}, over MaxLatency={1}. {2}");

    public static readonly DiagnosticRule AccuracyOverBudget = new("MC3004", Error, "Accuracy drop over budget",
        "{0} (n={1}), over MaxAccuracyDrop={2}. {3}");

    public static readonly DiagnosticRule CalibrationNeeded = new("MC3006", Error, "Calibration data needed",
        "precision {0} needs calibration data. Set Calibration on the <Model> item (a folder of typical images, a .npz), or use Precision=\"int8-weights\".");

    public static readonly DiagnosticRule PrecisionChosen = new("MC3007", Info, "Precision chosen",
        "{0} for {1}: {2}.");

    public static readonly DiagnosticRule AccuracyNotJudged = new("MC3009", Warning, "Accuracy budget not judged",
        "MaxAccuracyDrop={0} cannot be judged: what is known is {1} (n={2}). {3}");

    public static readonly DiagnosticRule CalibrationNotTypical = new("MC3010", Warning, "Calibration data is not typical",
        "The calibration data '{0}' is not typical of what the model will see: {1}. Give samples as the app will run them, 32 or more that differ.");

    public static readonly DiagnosticRule OutputsNotNumbers = new("MC3011", Warning, "Outputs are no numbers",
        "The original's output '{0}' is NaN or infinite throughout in {1} of {2} samples of the {3}, where the compiled model cannot be compared with it. {4}");

    public static readonly DiagnosticRule PrunedLess = new("MC3012", Warning, "Pruned less than asked",
        "{0} of the {1} went in place of {2}, since {3}. Raise MaxAccuracyDrop, give more calibration data, or ask for a smaller PruningRatio.");

    public static readonly DiagnosticRule NothingToPrune = new("MC3013", Error, "Nothing to prune",
        "Pruning=\"{0}\" finds nothing that can go: {1}. Leave Pruning out for this model.");

    public static readonly DiagnosticRule PrunedWithoutData = new("MC3014", Warning, "Pruned without data",
        "The model is pruned by the size of its weights alone, which costs much accuracy, and nothing makes up for what went. Set Calibration on the <Model> item to typical samples; they need no labels.");

    public static readonly DiagnosticRule GoalNotMeasurable = new("MC3015", Error, "Pruning goal cannot be measured",
        "MaxLatency cannot be the goal of pruning for {0}, whose latency this machine cannot measure. Set PruningRatio, or MaxSize as the goal.");

    public static readonly DiagnosticRule AssetNotCompressible = new("MC3016", Error, "Asset cannot be compressed",
        "The profile '{0}' wants assets compressed, and the compiled model is too large for one file. Set asset.compression to none for it, or choose a smaller precision.");

    public static readonly DiagnosticRule ClassOverBudget = new("MC3017", Error, "A class lost its accuracy",
        "the accuracy of {0} fell from {1} to {2} (n={3}), over MaxClassDrop={4}, while that of all classes together went from {5} to {6}. {7}");

    public static readonly DiagnosticRule AgreementUnderBudget = new("MC3018", Error, "Agreement under budget",
        "the compiled model gives {0} of the original's answers (n={1}, {2}), under MinAgreement={3}. {4}");

    public static readonly DiagnosticRule EvidenceThin = new("MC3019", Warning, "Not enough evidence",
        "{0}={1} is not shown to be kept: {2}. {3}");

    public static readonly DiagnosticRule EvidenceMissing = new("MC3020", Error, "Required evidence missing",
        "{0}={1} is not shown to be kept, and RequireEvidence asks for it: {2}. {3}");

    public static readonly DiagnosticRule SliceOverBudget = new("MC3021", Error, "A slice lost its accuracy",
        "the accuracy of {0} fell from {1} to {2} (n={3}), over MaxClassDrop={4}, while that of all samples together went from {5} to {6}. {7}");

    public static readonly DiagnosticRule PreprocessingDoubtful = new("MC3023", Error, "Declared preprocessing looks wrong",
        "as declared ({0}) the original's top-1 accuracy is {1}, and with other preprocessing ({2}) it is {3} (n={4}, p={5}). Write Preprocess=\"{6}\" on the <Model> item, or the same into the sidecar; CheckPreprocessing=\"false\" keeps what is declared.");

    public static readonly DiagnosticRule WorseThanLock = new("MC3024", Error, "Worse than the lock",
        "for {0} the model is worse than its lock: {1}. {2}If that is meant, accept it with 'dotnet build -p:ModelCompilerAccept=true' or 'modelc accept', and commit the lock.");

    public static readonly DiagnosticRule LockOfAnotherModel = new("MC3025", Warning, "The lock is of another model file",
        "for {0} the lock is of another model file: it has the SHA-256 {1}…, and this one {2}…. If the model was exchanged on purpose, accept it with 'dotnet build -p:ModelCompilerAccept=true' or 'modelc accept', and commit the lock.");

    public static readonly DiagnosticRule DiffersFromLock = new("MC3026", Info, "Differs from the lock",
        "for {0} the model differs from its lock: {1}. This alone is no error; 'dotnet build -p:ModelCompilerAccept=true' or 'modelc accept' takes it into the lock.");

    public static readonly DiagnosticRule SlowerThanOriginal = new("MC3027", Error, "Slower than the original",
        "as {0} a run takes {1}, and the original {2}: {3} times as long in {4} interleaved runs, over the {5} times that hold where MaxLatency is not set. {6}");

    public static readonly DiagnosticRule MemoryOverBudget = new("MC3028", Error, "Memory over budget",
        "Loading and running the compiled model takes {0}, over MaxMemory={1}. {2}");

    public static readonly DiagnosticRule OutputsAreNoise = new("MC3029", Error, "Outputs are noise",
        "the compiled model's outputs have {0} dB signal to noise (n={1}, {2}): half or more of them is not the original's. {3}");

    public static readonly DiagnosticRule DistillationNeedsData = new("MC3030", Error, "Distillation needs data",
        "Distill trains on typical samples, and there are none. Set Calibration on the <Model> item (a folder of images, a .npz); the samples need no labels.");

    public static readonly DiagnosticRule Distilled = new("MC3031", Info, "Distilled",
        "{0} was trained to answer like {1} on {3} samples: {2} (n={4}, held out).");

    public static readonly DiagnosticRule DistillationDidNotHelp = new("MC3032", Warning, "Distillation did not help",
        "Training {0} changed nothing, since {1}. It is as it was before.");

    public static readonly DiagnosticRule LayersFrozen = new("MC3033", Warning, "Layers were not trained",
        "No gradient passes {0}: the layers in front of it were not trained.");

    public static readonly DiagnosticRule PrecisionUnsupported = new("MC4001", Error, "Precision not supported by the profile",
        "The profile '{0}' cannot run precision '{1}'. Use {2}.");

    public static readonly DiagnosticRule ProfileInvalid = new("MC4002", Error, "Profile not understood",
        "The profile cannot be used: {0}");

    public static readonly DiagnosticRule OpsetNotLiftable = new("MC4003", Error, "Operator set cannot be raised",
        "The model uses operator set {0} and needs {1} for this precision, but {2} cannot be rewritten for operator set {3}: {4}. "
        + "Export the model with operator set {1} or later, or use Precision=\"int8-weights\".");

    public static readonly DiagnosticRule NothingForPrecision = new("MC4004", Error, "Nothing for the precision to do",
        "Precision {0} would change nothing in this model: it has no {1}. Use Precision=\"int8-weights\", or \"auto\" for the best that the model allows.");

    public static readonly DiagnosticRule MachineNotReady = new("MC5001", Error, "Machine not ready",
        "{0} is not as the compiler needs it: {1} {2}");

    public static readonly DiagnosticRule OutputUnwritable = new("MC5002", Error, "Output cannot be written",
        "What the build makes of the model cannot be written: {0} Check the folder's permissions and the free space, and close programs that use the file.");

    public static readonly DiagnosticRule RemoteCacheTrouble = new("MC5003", Info, "Trouble with the remote cache",
        "The remote cache {0} {1}. The build goes on all the same.");

    public static readonly DiagnosticRule RemoteCacheInvalid = new("MC5004", Error, "Remote cache not understood",
        "ModelCompilerRemoteCache is not the address of a server. Give an http or https address without a user's name; what authorizes goes into the environment variable {0}.");

    public static readonly DiagnosticRule ManifestInvalid = new("MC6001", Error, "Manifest not understood",
        "Line {0} of the model's manifest is not understood: {1}. It is written by the build; delete the obj folder and build again.");

    public static readonly DiagnosticRule ClassRepeated = new("MC6002", Error, "Two manifests for one class",
        "Two models would both become the class '{0}'. Set ClassName or Namespace on one of the two <Model> items.");

    public static readonly DiagnosticRule ClassNameReserved = new("MC6003", Error, "Class name is a member's name",
        "A model's class cannot be called '{0}', since its members have that name. Set ClassName on the <Model> item.");

    public static readonly DiagnosticRule ClassifyUnavailable = new("MC6004", Info, "No Classify method",
        "The class '{0}' has no Classify method although its task is classification: {1}. Use Run, or set Task=\"Raw\" on the <Model> item.");

    public static readonly DiagnosticRule DetectUnavailable = new("MC6005", Info, "No Detect method",
        "The class '{0}' has no Detect method although its task is detection: {1}. Its Run methods give the raw outputs.");

    public static readonly DiagnosticRule EmbedUnavailable = new("MC6006", Info, "No Embed method",
        "The class '{0}' has no Embed method although its task is embedding: {1}. Its Run methods give the raw outputs.");

    public static readonly DiagnosticRule SegmentUnavailable = new("MC6007", Info, "No Segment method",
        "The class '{0}' has no Segment method although its task is segmentation: {1}. Its Run methods give the raw outputs.");

    public static readonly DiagnosticRule PredictUnavailable = new("MC6008", Info, "No Predict method",
        "The class '{0}' has no Predict method although its task is regression: {1}. Its Run methods give the raw outputs.");

    public static readonly DiagnosticRule Internal = new("MC9001", Error, "Internal error",
        "Internal error: {0}. This is a bug in ModelCompiler; please report it with the model's 'modelc inspect' output.");

    /// <summary>Every rule of the table, in the order it is written.</summary>
    public static IReadOnlyList<DiagnosticRule> All => Table.Rules;

    /// <summary>Made when it is asked for: who reports one rule needs no list of them, and a build process has just started.</summary>
    private static class Table
    {
        public static readonly IReadOnlyList<DiagnosticRule> Rules =
            [.. typeof(DiagnosticRules).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticRule>()];
    }
}
