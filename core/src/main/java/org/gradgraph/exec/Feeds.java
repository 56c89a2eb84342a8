package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Matrices;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * Values for inputs and parameters, as one thing to pass around.
 *
 * <pre>{@code
 * Feeds feeds = Feeds.of(a, 5).and(b, 3).and(c, 2);
 * run.set(feeds);
 * }</pre>
 *
 * <p>Immutable; matrices are copied when they are given.
 */
@CheckReturnValue
public final class Feeds {
    private final Map<Node, DMatrixRMaj> values;

    private Feeds(Map<Node, DMatrixRMaj> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** {@return no values, to start from} */
    public static Feeds none() {
        return new Feeds(new LinkedHashMap<>());
    }

    /**
     * {@return feeds with one number for a 1×1 node}
     *
     * @param node an input or parameter
     * @param value its value
     */
    public static Feeds of(Node node, double value) {
        return none().and(node, value);
    }

    /**
     * {@return feeds with one matrix, given by its rows}
     *
     * @param node an input or parameter
     * @param rows rows of equal length, copied
     */
    public static Feeds of(Node node, double[][] rows) {
        return none().and(node, rows);
    }

    /**
     * {@return feeds with one vector, for a node that is a row or a column; see {@link #and(Node, double[])}}
     *
     * @param node an input or parameter
     * @param elements as many as the node has, copied
     */
    public static Feeds of(Node node, double[] elements) {
        return none().and(node, elements);
    }

    /**
     * {@return feeds with one matrix, given by its elements row by row}
     *
     * @param node an input or parameter
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first; copied
     */
    public static Feeds of(Node node, int rows, int columns, double[] elements) {
        return none().and(node, rows, columns, elements);
    }

    /**
     * {@return feeds with one matrix}
     *
     * @param node an input or parameter
     * @param value its value, copied
     */
    public static Feeds of(Node node, DMatrixRMaj value) {
        return none().and(node, value);
    }

    /**
     * {@return these values and a number for a 1×1 node}
     *
     * @param node an input or parameter
     * @param value its value
     */
    public Feeds and(Node node, double value) {
        return with(node, new DMatrixRMaj(1, 1, true, value));
    }

    /**
     * {@return these values and a matrix, given by its rows}
     *
     * @param node an input or parameter
     * @param rows rows of equal length, copied
     */
    public Feeds and(Node node, double[][] rows) {
        return with(node, Matrices.ofRows(node, rows));
    }

    /**
     * {@return these values and a vector: a row for a node of one row, otherwise a column}
     *
     * <pre>{@code
     * Node prices = Node.input("prices", 1, Dim.named("m"));
     * Feeds feeds = Feeds.of(prices, new double[] {2.5, 3.1});          // 1×2
     * }</pre>
     *
     * @param node an input or parameter
     * @param elements as many as the node has, copied
     * @throws org.gradgraph.graph.ShapeException if the node is neither a row nor a column
     */
    public Feeds and(Node node, double[] elements) {
        return with(node, Vectors.of(node, elements));
    }

    /**
     * {@return these values and a matrix, given by its elements row by row}
     *
     * @param node an input or parameter
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first; copied
     * @throws org.gradgraph.graph.ShapeException if a side is below 1, or the number of elements is another
     */
    public Feeds and(Node node, int rows, int columns, double[] elements) {
        return and(node, Matrices.ofElements(node, rows, columns, elements));
    }

    /**
     * {@return these values and those of others; where both have one for a node, that of the others counts}
     *
     * @param others more values
     */
    public Feeds and(Feeds others) {
        Map<Node, DMatrixRMaj> more = new LinkedHashMap<>(values);
        more.putAll(Require.given(others, "Feeds.and: the other values").values);
        return new Feeds(more);
    }

    /**
     * {@return those of these values that a program reads, so that the feeds of a training serve a program that
     * predicts}
     *
     * <pre>{@code
     * Run prediction = Program.of(p).newRun();
     * prediction.set(trainingFeeds.readBy(prediction.program()));        // without the labels
     * }</pre>
     *
     * @param program any program
     */
    public Feeds readBy(Program program) {
        Require.given(program, "Feeds.readBy: the program");
        Map<Node, DMatrixRMaj> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeIf(node -> !program.reads(node));
        return new Feeds(fewer);
    }

    /**
     * {@return these values and a matrix, which is copied; a value given before for the same node is replaced}
     *
     * @param node an input or parameter
     * @param value its value
     */
    public Feeds and(Node node, DMatrixRMaj value) {
        return with(node, Require.matrix(value, "the fed matrix").copy());
    }

    private Feeds with(Node node, DMatrixRMaj own) {
        Require.given(node, "the node to feed");
        Map<Node, DMatrixRMaj> more = new LinkedHashMap<>(values);
        more.put(node, own);
        return new Feeds(more);
    }

    /** {@return the values by node, in the order given; the matrices are shared and must not be changed} */
    public Map<Node, DMatrixRMaj> asMap() {
        return values;
    }

    /** The nodes that have a value, for example {@code values for "a" 1×1, "X" 30×m}. */
    @Override
    public String toString() {
        return values.keySet().stream().map(Node::describe).collect(Collectors.joining(", ", "values for ", ""));
    }
}
