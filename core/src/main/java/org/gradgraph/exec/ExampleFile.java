package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * Examples in a file of numbers of 8 bytes and nothing else, as NumPy's {@code tofile} writes it.
 *
 * <p>The numbers of an example are those of the first input, row by row, then those of the second one, and so on. In a file of rows,
 * the examples follow each other; in a file of columns, the first number of all examples comes first, then the second number of all
 * of them.
 *
 * <pre>{@code
 * try (ExampleFile file = ExampleFile.ofRows(path, m, x, y)) {               // 30 numbers of x, 1 of y, 30 of x, …
 *     run.from(file).forwardAndBackward();
 * }
 * }</pre>
 *
 * <p>Threads read blocks at the same time. Memory holds the blocks that are computed, not the file.
 */
@CheckReturnValue
public final class ExampleFile implements ExampleSource, Closeable {
    /** So many examples are in the first-level cache while their numbers are put into columns. */
    private static final int TILE = 64;

    private final FileChannel channel;
    private final boolean inRows;
    private final List<Node> inputs;
    private final int width;

    /** How many numbers of an example belong to each input, and whether its examples are rows. */
    private final int[] each;

    private final boolean[] areRows;
    private final long count;

    /** Memory for one block, taken by one thread at a time. */
    private final ConcurrentLinkedQueue<Chunk> chunks = new ConcurrentLinkedQueue<>();

    private static final class Chunk {
        final ByteBuffer bytes;
        final DoubleBuffer doubles;
        final double[] numbers;

        Chunk(int length, int width) {
            this.bytes = ByteBuffer.allocateDirect(Double.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
            this.doubles = bytes.asDoubleBuffer();
            this.numbers = new double[TILE * width];
        }

        void fill(FileChannel channel, long from, int length) throws IOException {
            bytes.clear().limit(Double.BYTES * length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, Double.BYTES * from + bytes.position()) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
        }
    }

    private ExampleFile(FileChannel channel, boolean inRows, Dim examples, List<Node> inputs) throws IOException {
        this.channel = channel;
        this.inRows = inRows;
        this.inputs = inputs;
        this.each = inputs.stream()
                .mapToInt(input -> input.shape().elements().dividedBy(examples).size())
                .toArray();
        this.width = IntStream.of(each).sum();
        this.areRows = new boolean[each.length];
        for (int k = 0; k < each.length; k++) {
            areRows[k] = ExampleBlocks.inRows(inputs.get(k), examples);
        }
        long bytes = channel.size();
        this.count = bytes / Double.BYTES / width;
        if (bytes == 0 || bytes % (Double.BYTES * (long) width) != 0) {
            throw new IOException("the file has " + bytes + " bytes, which are not examples of " + width
                    + " numbers of 8 bytes each");
        }
    }

    /**
     * {@return a file in which one example follows the other}
     *
     * @param path the file, of little-endian numbers
     * @param examples the symbolic side that counts the examples
     * @param inputs the inputs, in the order of the numbers of an example
     * @throws IOException if the file cannot be opened, or its length fits no number of examples
     */
    public static ExampleFile ofRows(Path path, Dim examples, Node... inputs) throws IOException {
        return open("ExampleFile.ofRows", path, true, examples, inputs);
    }

    /**
     * {@return a file in which the first number of all examples comes first, then the second one of all examples}
     *
     * @param path the file, of little-endian numbers
     * @param examples the symbolic side that counts the examples
     * @param inputs the inputs, in the order of the numbers of an example
     * @throws IOException if the file cannot be opened, or its length fits no number of examples
     */
    public static ExampleFile ofColumns(Path path, Dim examples, Node... inputs) throws IOException {
        return open("ExampleFile.ofColumns", path, false, examples, inputs);
    }

    private static ExampleFile open(String method, Path path, boolean inRows, Dim examples, Node... inputs)
            throws IOException {
        Require.given(path, method + ": the path");
        Require.given(examples, method + ": the side that counts the examples");
        List<Node> nodes = Require.nodes(method, inputs);
        for (Node node : nodes) {
            ExampleBlocks.requireExamples(method, node, examples);
        }
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException(method + ": no input; give at least one");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ExampleFile(channel, inRows, examples, nodes);
        } catch (IOException unusable) {
            channel.close();
            throw new IOException(path + ": " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public List<Node> inputs() {
        return inputs;
    }

    @Override
    public long examples() {
        return count;
    }

    @Override
    public boolean isRandomAccess() {
        return true;
    }

    @Override
    public void read(long first, int block, List<DMatrixRMaj> out) throws IOException {
        Require.given(out, "ExampleFile.read: the matrices");
        Chunk free = chunks.poll();
        int length = inRows ? block * width : block;
        Chunk chunk = free == null || free.bytes.capacity() < Double.BYTES * length ? new Chunk(length, width) : free;
        if (inRows) {
            chunk.fill(channel, first * width, length);
            for (int from = 0; from < block; from += TILE) {
                int tile = Math.min(TILE, block - from);
                chunk.doubles.get(from * width, chunk.numbers, 0, tile * width);
                scatter(chunk.numbers, from, tile, out, block);
            }
        } else {
            readColumns(chunk, first, block, out);
        }
        chunks.add(chunk);
    }

    /** Some examples, one after the other, to their places in the matrices. */
    private void scatter(double[] numbers, int from, int tile, List<DMatrixRMaj> out, int block) {
        int place = 0;
        for (int k = 0; k < each.length; k++) {
            DMatrixRMaj matrix = out.get(k);
            for (int number = 0; number < each[k]; number++, place++) {
                int stride = stride(k, matrix, block);
                int to = place(k, number, matrix, block) + from * stride;
                for (int example = 0, at = place; example < tile; example++, at += width, to += stride) {
                    matrix.data[to] = numbers[at];
                }
            }
        }
    }

    private void readColumns(Chunk chunk, long first, int block, List<DMatrixRMaj> out) throws IOException {
        int place = 0;
        for (int k = 0; k < each.length; k++) {
            DMatrixRMaj matrix = out.get(k);
            int stride = stride(k, matrix, block);
            for (int number = 0; number < each[k]; number++, place++) {
                chunk.fill(channel, place * count + first, block);
                int to = place(k, number, matrix, block);
                for (int example = 0; example < block; example++, to += stride) {
                    matrix.data[to] = chunk.doubles.get(example);
                }
            }
        }
    }

    /** The rows or columns of an example. */
    private int lanes(int input, DMatrixRMaj out, int block) {
        return (areRows[input] ? out.numRows : out.numCols) / block;
    }

    /** Where a number of the first example belongs. */
    private int place(int input, int number, DMatrixRMaj out, int block) {
        int lanes = lanes(input, out, block);
        return areRows[input] ? number : number / lanes * out.numCols + number % lanes;
    }

    /** From an example to the next one. */
    private int stride(int input, DMatrixRMaj out, int block) {
        return lanes(input, out, block) * (areRows[input] ? out.numCols : 1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** For example {@code 10000000 examples of 31 numbers in rows}. */
    @Override
    public String toString() {
        return count + " examples of " + width + " numbers in " + (inRows ? "rows" : "columns");
    }
}
