namespace ModelCompiler.Contract;

/// <summary>What the layouts of detection heads stand for.</summary>
internal static class DetectionPresets
{
    private static readonly EquatableArray<int> Strides = new([8, 16, 32]);

    /// <summary>The format of an output, from the layout's habit and what is said beside it.</summary>
    public static DetectionFormat Of(DetectionSettings settings, DetectionLayout? otherwise)
    {
        var format = (settings.Layout ?? otherwise) switch
        {
            DetectionLayout.Yolox => new DetectionFormat(BoxCoding.Grid, false, HasObjectness: true, IsColumnsFirst: false, Background: null, Strides),
            DetectionLayout.Yolov5 => new DetectionFormat(BoxCoding.Center, false, HasObjectness: true, IsColumnsFirst: false, Background: null, default),
            DetectionLayout.Yolov8 => new DetectionFormat(BoxCoding.Center, false, HasObjectness: false, IsColumnsFirst: true, Background: null, default),
            DetectionLayout.Ssd => new DetectionFormat(BoxCoding.Corners, true, HasObjectness: false, IsColumnsFirst: false, Background: 0, default),
            _ => new DetectionFormat(null, null, HasObjectness: false, IsColumnsFirst: false, Background: null, default),
        };
        return format with
        {
            Box = settings.Box ?? format.Box,
            IsRelative = settings.Relative ?? format.IsRelative,
            HasObjectness = settings.Objectness ?? format.HasObjectness,
            Background = settings.Background ?? format.Background,
            Strides = settings.Strides.Count > 0 ? settings.Strides : settings.Box == BoxCoding.Grid && format.Strides.Count == 0 ? Strides : format.Strides,
        };
    }
}
