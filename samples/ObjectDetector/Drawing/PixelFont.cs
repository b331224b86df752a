namespace ObjectDetector.Drawing;

/// <summary>Letters of 5×9 dots: lower case, which is all that labels here need. Any other character is a space.</summary>
internal static class PixelFont
{
    public const int Height = 9;
    private const int Columns = 5;
    private const int Advance = Columns + 1;

    // Thirteen letters side by side, one dot apart.
    private const int LettersInBand = 13;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Dots = """
        ..... #.... ..... ....# ..... ..##. ..... #.... ..#.. ...#. #.... .##.. .....
        ..... #.... ..... ....# ..... .#... ..... #.... ..... ..... #.... ..#.. .....
        .###. ####. .###. .#### .###. ####. .#### ####. .##.. ..##. #..#. ..#.. ##.#.
        ....# #...# #.... #...# #...# .#... #...# #...# ..#.. ...#. #.#.. ..#.. #.#.#
        .#### #...# #.... #...# ##### .#... #...# #...# ..#.. ...#. ##... ..#.. #.#.#
        #...# #...# #...# #...# #.... .#... #...# #...# ..#.. ...#. #.#.. ..#.. #.#.#
        .#### ####. .###. .#### .###. .#... .#### #...# .###. ...#. #..#. .###. #.#.#
        ..... ..... ..... ..... ..... ..... ....# ..... ..... #..#. ..... ..... .....
        ..... ..... ..... ..... ..... ..... .###. ..... ..... .##.. ..... ..... .....

        ..... ..... ..... ..... ..... ..... .#... ..... ..... ..... ..... ..... .....
        ..... ..... ..... ..... ..... ..... .#... ..... ..... ..... ..... ..... .....
        ####. .###. ####. .#### #.##. .#### ####. #...# #...# #...# #...# #...# #####
        #...# #...# #...# #...# ##..# #.... .#... #...# #...# #...# .#.#. #...# ...#.
        #...# #...# #...# #...# #.... .###. .#... #...# #...# #.#.# ..#.. #...# ..#..
        #...# #...# #...# #...# #.... ....# .#... #...# .#.#. #.#.# .#.#. #...# .#...
        #...# .###. ####. .#### #.... ####. ..##. .#### ..#.. .#.#. #...# .#### #####
        ..... ..... #.... ....# ..... ..... ..... ..... ..... ..... ..... ....# .....
        ..... ..... #.... ....# ..... ..... ..... ..... ..... ..... ..... .###. .....
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Dots in a row of a text.</summary>
    public static int WidthOf(string text) => Advance * text.Length;

    /// <summary>The places of a text's dots, from its upper left corner.</summary>
    public static IEnumerable<(int X, int Y)> DotsOf(string text) =>
        from place in Enumerable.Range(0, text.Length)
        let letter = Letters.IndexOf(text[place])
        where letter >= 0
        from y in Enumerable.Range(0, Height)
        from x in Enumerable.Range(0, Columns)
        where Dots[(letter / LettersInBand * Height) + y][(letter % LettersInBand * Advance) + x] == '#'
        select ((place * Advance) + x, y);
}
