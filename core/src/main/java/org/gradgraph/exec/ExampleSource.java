package org.gradgraph.exec;

import java.io.IOException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Examples that are read block by block, from a file or from whatever makes them, so that they need not be in memory at once.
 *
 * <p>Each pass reads all of them, in order. {@link ExampleFile} reads files of numbers.
 *
 * <pre>{@code
 * class Squares implements ExampleSource {
 *     public List<Node> inputs() { return List.of(x, y); }                       // both 1×m
 *     public long examples() { return 1_000_000; }
 *     public void read(long first, int count, List<DMatrixRMaj> out) {
 *         for (int k = 0; k < count; k++) {
 *             out.get(0).set(0, k, first + k);
 *             out.get(1).set(0, k, (double) (first + k) * (first + k));
 *         }
 *     }
 * }
 * }</pre>
 */
public interface ExampleSource {
    /** {@return the inputs that it feeds; each has a side that counts the examples} */
    List<Node> inputs();

    /** {@return how many examples there are, the same for each pass} */
    long examples();

    /**
     * Reads a block of examples.
     *
     * @param first the number of the first one, from 0; each pass starts at 0 and goes on without gaps
     * @param count how many are read
     * @param out a matrix for each of {@link #inputs()}, of its shape for so many examples; every element is overwritten
     * @throws IOException if they cannot be read; the pass throws it in an {@link java.io.UncheckedIOException}
     */
    void read(long first, int count, List<DMatrixRMaj> out) throws IOException;

    /** {@return whether threads may read blocks in any order and at the same time; by default they may not} */
    default boolean isRandomAccess() {
        return false;
    }
}
