package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.math.BigInteger;

/**
 * Height, width and channels of pictures that are stored one per column.
 *
 * <p>A column holds channel after channel, each in row-major order: element {@code (c·height + i)·width + j} is row
 * {@code i}, column {@code j} of channel {@code c}.
 *
 * <pre>{@code
 * Geometry digits = new Geometry(28, 28, 1);
 * Node x = Node.input("X", digits.elements(), Dim.named("m"));
 * Window window = digits.window(5, 5);
 * Node h = Convolutions.conv2d(x, filters, window);                    // filters: 8×25
 * Geometry maps = window.output(8);                           // 24×24×8
 * }</pre>
 *
 * @param height the number of rows
 * @param width the number of columns
 * @param channels the number of channels, 1 for a grey picture
 */
@CheckReturnValue
public record Geometry(int height, int width, int channels) {
    /**
     * Checks the sides.
     *
     * @param height the number of rows
     * @param width the number of columns
     * @param channels the number of channels, 1 for a grey picture
     * @throws ShapeException if one is below 1, or there are too many elements
     */
    public Geometry {
        if (height < 1 || width < 1 || channels < 1) {
            throw new ShapeException(
                    "pictures of " + height + "×" + width + " with " + channels + " channels",
                    "height, width and channels are 1 or more");
        }
        BigInteger elements = BigInteger.valueOf((long) height * width).multiply(BigInteger.valueOf(channels));
        if (elements.bitLength() > 31) {
            throw new ShapeException(
                    "pictures of " + height + "×" + width + " with " + channels + " channels have " + elements
                            + " elements, more than " + Integer.MAX_VALUE,
                    "take smaller pictures or fewer channels");
        }
    }

    /** {@return the number of elements of one picture, the rows of a batch} */
    public int elements() {
        return height * width * channels;
    }

    /**
     * {@return a window that moves by one and stays inside the pictures; see {@link Window} for others}
     *
     * @param rows the number of rows of the window
     * @param columns the number of columns of the window
     */
    public Window window(int rows, int columns) {
        return new Window(Dim.of(height), Dim.of(width), channels, rows, columns, 1, false);
    }

    /** Height × width × channels, for example {@code 28×28×1}. */
    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }

    /**
     * A window that moves over pictures, for convolutions and pooling.
     *
     * <pre>{@code
     * Window window = new Geometry(28, 28, 1).window(3, 3).same();      // 28×28 results, zeros around the pictures
     * Window pool = new Geometry(28, 28, 8).window(2, 2).stride(2);     // 14×14 results
     * }</pre>
     *
     * @param height the height of a picture
     * @param width the width of a picture
     * @param channels the number of channels
     * @param rows the height of the window
     * @param columns the width of the window
     * @param stride by how many elements it moves, down and to the right
     * @param padded whether zeros are put around a picture, so that the window may stand on each of its elements
     */
    public record Window(Dim height, Dim width, int channels, int rows, int columns, int stride, boolean padded) {
        /**
         * Checks the window.
         *
         * @param height the height of a picture
         * @param width the width of a picture
         * @param channels the number of channels
         * @param rows the height of the window
         * @param columns the width of the window
         * @param stride by how many elements it moves, down and to the right
         * @param padded whether zeros are put around a picture, so that the window may stand on each of its elements
         * @throws ShapeException if a side or the stride is below 1, the window is larger than the picture, a padded window
         *     has an even side, or the stride is not 1 and the size of the pictures is symbolic
         */
        public Window {
            Require.given(height, "window: the height of the pictures");
            Require.given(width, "window: the width of the pictures");
            if (channels < 1 || rows < 1 || columns < 1 || stride < 1) {
                throw new ShapeException(
                        "a window of " + rows + "×" + columns + ", stride " + stride + ", " + channels + " channels",
                        "each must be at least 1");
            }
            if (padded && (rows % 2 == 0 || columns % 2 == 0)) {
                throw new ShapeException(
                        "a window of " + rows + "×" + columns + " has no middle",
                        "take odd sides for a result of the same size, or leave out the padding");
            }
            if (stride > 1 && !(height.isFixed() && width.isFixed())) {
                throw new ShapeException(
                        "stride " + stride + " over pictures of " + height + "×" + width,
                        "a stride above 1 needs pictures of fixed size; take stride 1 and a slice");
            }
            requireFits("rows", rows, height, padded);
            requireFits("columns", columns, width, padded);
        }

        private static void requireFits(String sides, int window, Dim picture, boolean padded) {
            if (!padded && picture.isFixed() && window > picture.size()) {
                throw new ShapeException(
                        "a window of " + window + " " + sides + " over a picture of " + picture + " " + sides,
                        "the window must fit into the picture");
            }
        }

        /**
         * {@return the same window moved by more than one element}
         *
         * @param by the stride, at least 1
         */
        public Window stride(int by) {
            return new Window(height, width, channels, rows, columns, by, padded);
        }

        /**
         * {@return the same window with zeros around the pictures: with stride 1, results are as large as the pictures}
         */
        public Window same() {
            return new Window(height, width, channels, rows, columns, stride, true);
        }

        /**
         * {@return the shape of the result}
         *
         * @param filters how many channels they have
         * @throws ShapeException if the size of the pictures is symbolic
         */
        public Geometry output(int filters) {
            return new Geometry(outputHeight().size(), outputWidth().size(), filters);
        }

        /** {@return how many positions there are from top to bottom} */
        public Dim outputHeight() {
            return positions(height, rows);
        }

        /** {@return how many positions there are from left to right} */
        public Dim outputWidth() {
            return positions(width, columns);
        }

        private Dim positions(Dim side, int window) {
            Dim lastStart = padded ? side.minus(Dim.of(1)) : side.minus(Dim.of(window));
            return stride == 1 ? lastStart.plus(Dim.of(1)) : Dim.of(lastStart.offset() / stride + 1);
        }

        /** {@return the rows of zeros above the pictures} */
        public int top() {
            return padded ? (rows - 1) / 2 : 0;
        }

        /** {@return the columns of zeros to the left of the pictures} */
        public int left() {
            return padded ? (columns - 1) / 2 : 0;
        }

        Dim pixels() {
            return height.times(width).times(Dim.of(channels));
        }

        Window bind(Sizes sizes) {
            return new Window(
                    Dim.of(height.size(sizes)), Dim.of(width.size(sizes)), channels, rows, columns, stride, padded);
        }

        /** Window and picture, for example {@code 3×3 over 28×28×1, stride 2, same}. */
        @Override
        public String toString() {
            return rows + "×" + columns + " over " + height + "×" + width + "×" + channels
                    + (stride == 1 ? "" : ", stride " + stride) + (padded ? ", same" : "");
        }
    }
}
