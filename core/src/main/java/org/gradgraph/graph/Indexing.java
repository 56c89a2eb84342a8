package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Arrays;

/**
 * Rows chosen by index, sorted elements, and one-hot vectors.
 *
 * <pre>{@code
 * Node embedding = Indexing.gatherRows(table, words);            // one row for each word
 * }</pre>
 */
@CheckReturnValue
public final class Indexing {
    private Indexing() {}

    /**
     * Rows looked up by number, in any order and as often as wished, as in an embedding.
     *
     * <p>Derivative: {@link #scatterAddRows}; none for the numbers. A number that is NaN or infinite gives a row of NaN.
     *
     * @param x n×k
     * @param index a column or row of m row numbers, whole and counted from 0
     * @return m×k
     * @throws IllegalArgumentException when it runs, if a number is fractional or not that of a row
     */
    public static Node gatherRows(Node x, Node index) {
        return Node.apply(IndexOps.GATHER_ROWS, x, index);
    }

    /**
     * {@return rows looked up by numbers that never change; see {@link #gatherRows(Node, Node)}}
     *
     * @param x m×k
     * @param index the numbers of the wanted rows, counted from 0
     */
    public static Node gatherRows(Node x, int... index) {
        Require.given(index, "gatherRows: the row numbers");
        double[][] column = Arrays.stream(index).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        return gatherRows(x, Node.constant(column));
    }

    /**
     * {@return a matrix of zeros to which each row of {@code x} is added at a row number; the adjoint of
     * {@link #gatherRows}}
     *
     * @param x m×k
     * @param index a column or row of m row numbers, whole and counted from 0
     * @param rows the number of rows of the result
     */
    public static Node scatterAddRows(Node x, Node index, int rows) {
        return Node.apply(new IndexOps.ScatterAddRows(Dim.of(rows)), x, index);
    }

    /**
     * {@return each row, each column or, row after row, everything sorted by increasing size; NaN is last} The shape stays.
     *
     * <p>Derivative: {@code dy} put back to where the elements were; equal elements keep their order.
     *
     * <pre>{@code
     * Node largest = Layout.sliceRows(Indexing.sort(column, Over.EACH_COLUMN), 7, 10);    // the largest 3 of 10
     * }</pre>
     *
     * @param x m×n
     * @param over along what
     */
    public static Node sort(Node x, Over over) {
        return Node.apply(new OrderOps.Sort(over), x);
    }

    /**
     * {@return class numbers as columns or rows with a 1 at that place and 0 elsewhere}
     *
     * <p>No derivative: zeros flow back. A number that is NaN or infinite gives NaN.
     *
     * @param index whole numbers from 0 to depth − 1: a row of them for examples in columns, a column for examples in rows
     * @param depth the number of classes
     * @param example {@code EACH_COLUMN} for a result of depth×m, {@code EACH_ROW} for m×depth
     * @throws IllegalArgumentException when it runs, if a number is fractional or not that of a class
     */
    public static Node oneHot(Node index, int depth, Over example) {
        Require.given(example, "oneHot: the direction of an example");
        return Node.apply(new IndexOps.OneHot(depth, example), index);
    }
}
