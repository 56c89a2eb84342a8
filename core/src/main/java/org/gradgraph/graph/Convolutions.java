package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import org.gradgraph.graph.Geometry.Window;

/**
 * Convolutions and pooling over pictures; a kernel is not flipped (cross-correlation).
 *
 * <p>One picture is a matrix; a batch has one picture per column, see {@link Geometry}.
 *
 * <pre>{@code
 * Window window = new Geometry(28, 28, 1).window(5, 5);
 * Node maps = Convolutions.conv2d(x, filters, window).relu();
 * }</pre>
 */
@CheckReturnValue
public final class Convolutions {
    private Convolutions() {}

    /** Where the kernel of a convolution may stand. */
    public enum Padding {
        /** Inside the picture: m×n with a kernel of u×v becomes (m − u + 1)×(n − v + 1). */
        VALID,
        /** On each element, with (u − 1)/2 and (v − 1)/2 zeros around; the kernel has odd sides, the shape stays. */
        SAME
    }

    /**
     * {@return the convolution of one picture with one kernel where the kernel lies inside the picture}
     *
     * <p>Element (i, j) is {@code Σ x[i + u, j + v]·k[u, v]}: m×n with u×v becomes (m − u + 1)×(n − v + 1).
     *
     * @param picture a matrix; its sides may be symbolic
     * @param kernel a matrix of fixed shape
     */
    public static Node conv2d(Node picture, Node kernel) {
        return conv2d(picture, kernel, 1, Padding.VALID);
    }

    /**
     * {@return the convolution of one picture with one kernel, with or without zeros around the picture}
     *
     * <pre>{@code
     * Node edges = Convolutions.conv2d(picture, sobel, Padding.SAME);            // as large as the picture
     * }</pre>
     *
     * @param picture a matrix; its sides may be symbolic
     * @param kernel a matrix of fixed shape
     * @param padding whether zeros are put around the picture
     */
    public static Node conv2d(Node picture, Node kernel, Padding padding) {
        return conv2d(picture, kernel, 1, padding);
    }

    /**
     * {@return the convolution of one picture with one kernel, moved by {@code stride} elements}
     *
     * @param picture a matrix; its sides may be symbolic if the stride is 1
     * @param kernel a matrix of fixed shape
     * @param stride by how many elements the kernel moves
     * @param padding whether zeros are put around the picture
     */
    public static Node conv2d(Node picture, Node kernel, int stride, Padding padding) {
        Node.requireOperands("conv2d", picture, kernel);
        Require.given(padding, "conv2d: the padding");
        Window window = windowOver(picture, kernel, stride, padding);
        Node flat = Node.apply(new ConvolutionOps.Patches(window, false), asColumn(picture));
        Node row = Layout.reshape(kernel, 1, window.rows() * window.columns());
        return Layout.reshape(LinearAlgebra.matmul(row, flat), Shape.of(window.outputHeight(), window.outputWidth()));
    }

    /**
     * {@return the convolution of a batch of pictures, one per column, with several filters}
     *
     * <p>The result is again a batch, of {@link Window#output window.output(filters)}. A bias of one number for each filter
     * is added with {@link #addToChannels}.
     *
     * @param batch pictures, (channels·height·width)×m; see {@link Geometry}
     * @param filters a row for each filter, of channels·rows·columns elements
     * @param window how the filters move
     */
    public static Node conv2d(Node batch, Node filters, Window window) {
        Require.given(window, "conv2d: the window");
        Node maps = LinearAlgebra.matmul(filters, Node.apply(new ConvolutionOps.Patches(window, false), batch));
        Dim pixels = filters.shape().rows().times(window.outputHeight()).times(window.outputWidth());
        return Layout.reshape(maps, Shape.of(pixels, batch.shape().columns()));
    }

    private static Window windowOver(Node picture, Node kernel, int stride, Padding padding) {
        try {
            Dim height = picture.shape().rows();
            Dim width = picture.shape().columns();
            Shape k = kernel.shape();
            return new Window(height, width, 1, k.rows().size(), k.columns().size(), stride, padding == Padding.SAME);
        } catch (ShapeException mismatch) {
            throw mismatch.in("conv2d", List.of(picture, kernel), Node.lineOfOperation(List.of(picture, kernel)));
        }
    }

    private static Node asColumn(Node picture) {
        return Layout.reshape(picture, Shape.of(picture.shape().elements(), Dim.of(1)));
    }

    /**
     * {@return a batch of pictures with a number added to each channel, as the bias of a convolution}
     *
     * @param batch pictures, one per column
     * @param bias a column with one number for each channel
     * @param pictures the geometry of one picture
     */
    public static Node addToChannels(Node batch, Node bias, Geometry pictures) {
        Require.given(pictures, "addToChannels: the geometry of the pictures");
        Node.requireOperands("addToChannels", batch, bias);
        Dim others =
                Dim.of(pictures.height() * pictures.width()).times(batch.shape().columns());
        Node channels = Layout.reshape(batch, Shape.of(Dim.of(pictures.channels()), others));
        return Layout.reshape(Arithmetic.add(channels, bias), batch.shape());
    }

    /**
     * {@return the largest element under a window that stays inside one picture; equal ones share the derivative
     * evenly}
     *
     * @param picture a matrix; its sides may be symbolic if the stride is 1
     * @param rows the height of the window
     * @param columns the width of the window
     * @param stride by how many elements the window moves
     */
    public static Node maxPool(Node picture, int rows, int columns, int stride) {
        return pool(picture, rows, columns, stride, new ExtremeOps.Extreme(Over.EACH_COLUMN, true));
    }

    /**
     * {@return the largest element under a window, for each channel of a batch of pictures, one per column}
     *
     * @param batch pictures, (channels·height·width)×m; see {@link Geometry}
     * @param window how the window moves; without padding
     */
    public static Node maxPool(Node batch, Window window) {
        Require.given(window, "maxPool: the window");
        return pool(batch, window, new ExtremeOps.Extreme(Over.EACH_COLUMN, true));
    }

    /**
     * {@return the mean under a window that stays inside one picture}
     *
     * @param picture a matrix; its sides may be symbolic if the stride is 1
     * @param rows the height of the window
     * @param columns the width of the window
     * @param stride by how many elements the window moves
     */
    public static Node avgPool(Node picture, int rows, int columns, int stride) {
        return pool(picture, rows, columns, stride, new Reductions.Mean(Over.EACH_COLUMN));
    }

    /**
     * {@return the mean under a window, for each channel of a batch of pictures, one per column}
     *
     * @param batch pictures, (channels·height·width)×m; see {@link Geometry}
     * @param window how the window moves; without padding
     */
    public static Node avgPool(Node batch, Window window) {
        Require.given(window, "avgPool: the window");
        return pool(batch, window, new Reductions.Mean(Over.EACH_COLUMN));
    }

    private static Node pool(Node picture, int rows, int columns, int stride, Op reduction) {
        Node.requireOperands("pool", picture);
        Window window;
        try {
            Shape shape = picture.shape();
            window = new Window(shape.rows(), shape.columns(), 1, rows, columns, stride, false);
        } catch (ShapeException mismatch) {
            throw mismatch.in("pool", List.of(picture), Node.lineOfOperation(List.of(picture)));
        }
        Node pooled = pooled(asColumn(picture), window, reduction);
        return Layout.reshape(pooled, Shape.of(window.outputHeight(), window.outputWidth()));
    }

    private static Node pool(Node batch, Window window, Op reduction) {
        Node pooled = pooled(batch, window, reduction);
        Dim pixels = Dim.of(window.channels()).times(window.outputHeight()).times(window.outputWidth());
        return Layout.reshape(pooled, Shape.of(pixels, batch.shape().columns()));
    }

    private static Node pooled(Node batch, Window window, Op reduction) {
        if (window.padded()) {
            throw new ShapeException(
                    "a pooling window that is padded", "padding would add zeros to the pictures; leave out same()");
        }
        return Node.apply(reduction, Node.apply(new ConvolutionOps.Patches(window, true), batch));
    }
}
