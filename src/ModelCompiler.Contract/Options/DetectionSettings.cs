namespace ModelCompiler.Contract;

/// <summary>What is said of a detector's output: a layout, and where it differs from that layout's habit.</summary>
public sealed record DetectionSettings
{
    public DetectionLayout? Layout { get; init; }

    public BoxCoding? Box { get; init; }

    /// <summary>Whether boxes are shares of the input's size instead of its pixels.</summary>
    public bool? Relative { get; init; }

    public bool? Objectness { get; init; }

    /// <summary>Index of the class that means "nothing".</summary>
    public int? Background { get; init; }

    /// <summary>Pixels of a cell, for each level of the grid.</summary>
    public EquatableArray<int> Strides { get; init; }
}

/// <summary>The common layouts of detection heads.</summary>
public enum DetectionLayout
{
    /// <summary>[N, anchors, 5 + classes]: offsets and logarithms of sizes per cell, objectness, classes.</summary>
    Yolox,

    /// <summary>[N, anchors, 5 + classes]: centre and size in pixels, objectness, classes; also YOLOv7 and YOLOv6.</summary>
    Yolov5,

    /// <summary>[N, 4 + classes, anchors]: centre and size in pixels, classes; also YOLOv9 and YOLO11.</summary>
    Yolov8,

    /// <summary>Two outputs, boxes [N, anchors, 4] and scores [N, anchors, classes]: corners as shares of the input's size, class 0 is background.</summary>
    Ssd,
}
