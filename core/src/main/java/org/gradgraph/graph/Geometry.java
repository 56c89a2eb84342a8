package org.gradgraph.graph;

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
 * Node h = Ops.conv2d(x, filters, window);                    // filters: 8×25
 * Geometry maps = window.output(8);                           // 24×24×8
 * }</pre>
 *
 * @param height the number of rows
 * @param width the number of columns
 * @param channels the number of channels, 1 for a grey picture
 */
public record Geometry(int height, int width, int channels) {
    /**
     * Checks the sides.
     *
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

    /** The number of elements of one picture, the rows of a batch. */
    public int elements() {
        return height * width * channels;
    }

    /** A window that moves by one and stays inside the pictures; see {@link Window} for others. */
    public Window window(int rows, int columns) {
        return new Window(Dim.of(height), Dim.of(width), channels, rows, columns, 1, false);
    }

    /** Height × width × channels, for example {@code 28×28×1}. */
    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
