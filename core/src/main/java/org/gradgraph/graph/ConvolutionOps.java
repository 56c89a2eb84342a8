package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Geometry.Window;

/**
 * What a moving window sees, as a matrix: a convolution is then a matrix product, and pooling a reduction.
 *
 * <pre>{@code
 * if (node.op().orElse(null) instanceof ConvolutionOps.Patches patches && patches.window().stride() == 1) { ... }
 * }</pre>
 */
public final class ConvolutionOps {
    private ConvolutionOps() {}

    /**
     * The patches under a window, from a batch with one picture per column.
     *
     * <p>A row for each element of the window: of each channel, or, channel by channel, of all of them. A column for
     * each (channel, if they are apart,) position and picture; the picture changes fastest, so that a product with
     * filters is, reshaped, a batch again.
     *
     * @param window what moves
     * @param channelsApart whether each channel has patches of its own, as for pooling
     */
    public record Patches(Window window, boolean channelsApart) implements Kernel {
        /**
         * Refuses null.
         *
         * @param window what moves
         * @param channelsApart whether each channel has patches of its own
         */
        public Patches {
            Require.given(window, "patches: the window");
        }

        @Override
        public String name() {
            return "patches";
        }

        @Override
        public String label() {
            return "patches(" + window + ")";
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == Over.EACH_COLUMN ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            if (!x.rows().equals(window.pixels())) {
                throw new ShapeException(
                        "pictures of " + window.height() + "×" + window.width() + "×" + window.channels() + " have "
                                + window.pixels() + " elements, the operand has " + x.rows() + " rows",
                        "give a batch with one picture per column");
            }
            return shapeOf(window, channelsApart, x.columns());
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Arrays.fill(out.data, 0, out.getNumElements(), 0);
            walk(
                    window,
                    channelsApart,
                    inputs.get(0),
                    out,
                    (pictures, i, patches, k, n) -> System.arraycopy(pictures, i, patches, k, n));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Dim batch = inputs.get(0).shape().columns();
            return List.of(Node.apply(new SumPatches(window, channelsApart, batch), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Patches(window.bind(sizes), channelsApart);
        }
    }

    /**
     * The adjoint of {@link Patches}: what the patches hold is added up at the elements they were taken from.
     *
     * @param window what moved
     * @param channelsApart whether each channel has patches of its own
     * @param batch the number of pictures
     */
    public record SumPatches(Window window, boolean channelsApart, Dim batch) implements Kernel {
        /**
         * Refuses null.
         *
         * @param window what moved
         * @param channelsApart whether each channel has patches of its own
         * @param batch the number of pictures
         */
        public SumPatches {
            Require.given(window, "sumPatches: the window");
            Require.given(batch, "sumPatches: the number of pictures");
        }

        @Override
        public String name() {
            return "sumPatches";
        }

        @Override
        public String label() {
            return "sumPatches(" + window + ")";
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == Over.EACH_COLUMN ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape patches = shapeOf(window, channelsApart, batch);
            if (!Operands.only(inputs).equals(patches)) {
                throw new ShapeException(inputs.get(0) + " are not the patches of " + window, "it must be " + patches);
            }
            return Shape.of(window.pixels(), batch);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Arrays.fill(out.data, 0, out.getNumElements(), 0);
            walk(window, channelsApart, out, inputs.get(0), (pictures, i, patches, k, n) -> {
                for (int e = 0; e < n; e++) {
                    pictures[i + e] += patches[k + e];
                }
            });
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Patches(window, channelsApart), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new SumPatches(window.bind(sizes), channelsApart, Dim.of(batch.size(sizes)));
        }
    }

    /** What is done with the same element of all pictures and its place in the patches. */
    private interface Visitor {
        void visit(double[] pictures, int i, double[] patches, int k, int n);
    }

    private static Shape shapeOf(Window window, boolean channelsApart, Dim batch) {
        Dim area = Dim.of(window.rows()).times(Dim.of(window.columns()));
        Dim channels = Dim.of(window.channels());
        Dim columns = window.outputHeight().times(window.outputWidth()).times(batch);
        return channelsApart ? Shape.of(area, columns.times(channels)) : Shape.of(area.times(channels), columns);
    }

    private static void walk(Window window, boolean apart, DMatrixRMaj pictures, DMatrixRMaj patches, Visitor visitor) {
        for (int channel = 0; channel < window.channels(); channel++) {
            for (int u = 0; u < window.rows(); u++) {
                for (int v = 0; v < window.columns(); v++) {
                    walk(window, apart, pictures, patches, visitor, channel, u, v);
                }
            }
        }
    }

    private static void walk(
            Window window,
            boolean apart,
            DMatrixRMaj pictures,
            DMatrixRMaj patches,
            Visitor visitor,
            int channel,
            int u,
            int v) {
        int height = window.height().size();
        int width = window.width().size();
        int outHeight = window.outputHeight().size();
        int outWidth = window.outputWidth().size();
        int batch = pictures.numCols;
        int element = u * window.columns() + v;
        int row = apart ? element : channel * window.rows() * window.columns() + element;
        int start = row * patches.numCols + (apart ? channel * outHeight * outWidth * batch : 0);
        for (int y = 0; y < outHeight; y++) {
            int i = y * window.stride() + u - window.top();
            if (i < 0 || i >= height) {
                continue;
            }
            for (int x = 0; x < outWidth; x++) {
                int j = x * window.stride() + v - window.left();
                if (j >= 0 && j < width) {
                    int from = ((channel * height + i) * width + j) * batch;
                    visitor.visit(pictures.data, from, patches.data, start + (y * outWidth + x) * batch, batch);
                }
            }
        }
    }
}
