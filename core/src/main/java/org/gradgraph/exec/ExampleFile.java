package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final FileChannel channel;
    private final boolean inRows;
    private final Dim examples;
    private final List<Node> inputs;
    private final int width;
    private final long count;

    /** Memory for one block, taken by one thread at a time. */
    private final ConcurrentLinkedQueue<Chunk> chunks = new ConcurrentLinkedQueue<>();

    private static final class Chunk {
        final ByteBuffer bytes;
        final double[] numbers;

        Chunk(int length) {
            this.bytes = ByteBuffer.allocateDirect(Double.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
            this.numbers = new double[length];
        }
    }

    private ExampleFile(FileChannel channel, boolean inRows, Dim examples, List<Node> inputs) throws IOException {
        this.channel = channel;
        this.inRows = inRows;
        this.examples = examples;
        this.inputs = inputs;
        this.width = inputs.stream().mapToInt(this::each).sum();
        long bytes = channel.size();
        this.count = bytes / Double.BYTES / width;
        if (bytes == 0 || bytes % (Double.BYTES * (long) width) != 0) {
            throw new IOException("the file has " + bytes + " bytes, which are not examples of " + width
                    + " numbers of 8 bytes each");
        }
    }

    /** How many numbers of an example belong to an input. */
    private int each(Node input) {
        return input.shape().elements().dividedBy(examples).size();
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
        Chunk chunk = free == null || free.numbers.length < length ? new Chunk(length) : free;
        if (inRows) {
            fill(chunk, first * width, length);
        }
        int place = 0;
        for (int k = 0; k < inputs.size(); k++) {
            int each = each(inputs.get(k));
            for (int number = 0; number < each; number++) {
                if (!inRows) {
                    fill(chunk, (place + number) * count + first, block);
                }
                int from = inRows ? place + number : 0;
                scatter(chunk.numbers, from, inRows ? width : 1, inputs.get(k), number, block, out.get(k));
            }
            place += each;
        }
        chunks.add(chunk);
    }

    /** One number of each example. */
    private void scatter(double[] numbers, int first, int step, Node input, int number, int block, DMatrixRMaj out) {
        boolean areRows = !input.shape().rows().isFixed();
        int across = (areRows ? out.numRows : out.numCols) / block;
        int place = areRows ? number : number / across * out.numCols + number % across;
        int stride = areRows ? across * out.numCols : across;
        for (int example = 0; example < block; example++) {
            out.data[place + example * stride] = numbers[first + example * step];
        }
    }

    private void fill(Chunk chunk, long from, int length) throws IOException {
        ByteBuffer bytes = chunk.bytes.clear().limit(Double.BYTES * length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, Double.BYTES * from + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        bytes.flip().asDoubleBuffer().get(chunk.numbers, 0, length);
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
