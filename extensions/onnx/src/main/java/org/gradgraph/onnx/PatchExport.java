package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.ConvolutionOps;
import org.gradgraph.graph.Geometry.Window;

/** What a moving window sees, by the places of its elements; the number of pictures may be symbolic. */
final class PatchExport {
    private PatchExport() {}

    static String patches(GraphExport export, String x, ConvolutionOps.Patches op) {
        long[][] places = places(op.window(), op.channelsApart());
        Emitter out = export.out();
        String gathered = gathered(out, x, places);
        return out.emit("Reshape", List.of(gathered, out.integers(places.length, -1)));
    }

    /** Each element is the sum of what stands at its places in the patches. */
    static String sums(GraphExport export, String dy, ConvolutionOps.SumPatches op) {
        Window window = op.window();
        long[][] places = places(window, op.channelsApart());
        int columns = places[0].length;
        int pixels = window.height().size() * window.width().size() * window.channels();
        int[] counts = new int[pixels];
        for (long[] row : places) {
            for (long pixel : row) {
                if (pixel < pixels) {
                    counts[(int) pixel]++;
                }
            }
        }
        long[][] sources =
                new long[pixels][Math.max(1, Arrays.stream(counts).max().orElse(1))];
        long none = (long) places.length * columns;
        for (long[] row : sources) {
            Arrays.fill(row, none);
        }
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < columns; j++) {
                int pixel = (int) places[i][j];
                if (pixel < pixels) {
                    sources[pixel][--counts[pixel]] = (long) i * columns + j;
                }
            }
        }
        Emitter out = export.out();
        String batch = export.sides().number(out, export.side(op.batch()));
        String rows = out.emit("Reshape", List.of(dy, Sides.joined(out, List.of(out.integers(-1), batch))));
        String gathered = gathered(out, rows, sources);
        return out.emit("ReduceSum", List.of(gathered, out.integers(1)), Attributes.integer("keepdims", 0));
    }

    /** The rows of x at these places, as a third axis; the place after the last row is a row of zeros. */
    private static String gathered(Emitter out, String x, long[][] places) {
        String extended = out.emit("Pad", List.of(x, out.integers(0, 0, 1, 0)));
        long[] flat = Arrays.stream(places).flatMapToLong(Arrays::stream).toArray();
        return out.emit("Gather", List.of(extended, out.integers(new long[] {places.length, places[0].length}, flat)));
    }

    /** The row of the pictures for each element of each patch, in the order of {@link ConvolutionOps.Patches}. */
    private static long[][] places(Window window, boolean apart) {
        if (!window.height().isFixed() || !window.width().isFixed()) {
            throw new OnnxException(
                    "the places of a window depend on the size of the pictures; give it by withSizes(…)");
        }
        int height = window.height().size();
        int width = window.width().size();
        int across = window.outputWidth().size();
        int area = window.rows() * window.columns();
        int positions = window.outputHeight().size() * across;
        int channels = window.channels();
        long[][] places = new long[apart ? area : channels * area][(apart ? channels : 1) * positions];
        for (int channel = 0; channel < channels; channel++) {
            for (int element = 0; element < area; element++) {
                for (int position = 0; position < positions; position++) {
                    int i = position / across * window.stride() + element / window.columns() - window.top();
                    int j = position % across * window.stride() + element % window.columns() - window.left();
                    boolean inside = i >= 0 && i < height && j >= 0 && j < width;
                    places[apart ? element : channel * area + element][(apart ? channel : 0) * positions + position] =
                            inside ? ((long) channel * height + i) * width + j : (long) channels * height * width;
                }
            }
        }
        return places;
    }
}
