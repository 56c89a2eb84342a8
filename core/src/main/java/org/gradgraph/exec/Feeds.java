package org.gradgraph.exec;

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
public final class Feeds {
    private final Map<Node, DMatrixRMaj> values;

    private Feeds(Map<Node, DMatrixRMaj> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** No values, to start from. */
    public static Feeds none() {
        return new Feeds(new LinkedHashMap<>());
    }

    /** One number for a 1×1 node. */
    public static Feeds of(Node node, double value) {
        return none().and(node, value);
    }

    /** One matrix, given by its rows. */
    public static Feeds of(Node node, double[][] rows) {
        return none().and(node, rows);
    }

    /** One matrix. */
    public static Feeds of(Node node, DMatrixRMaj value) {
        return none().and(node, value);
    }

    /** These values and a number for a 1×1 node. */
    public Feeds and(Node node, double value) {
        return with(node, new DMatrixRMaj(1, 1, true, value));
    }

    /** These values and a matrix, given by its rows. */
    public Feeds and(Node node, double[][] rows) {
        return with(node, Matrices.ofRows(node, rows));
    }

    /** These values and a matrix, which is copied; a value given before for the same node is replaced. */
    public Feeds and(Node node, DMatrixRMaj value) {
        return with(node, Require.matrix(value, "the fed matrix").copy());
    }

    private Feeds with(Node node, DMatrixRMaj own) {
        Require.given(node, "the node to feed");
        Map<Node, DMatrixRMaj> more = new LinkedHashMap<>(values);
        more.put(node, own);
        return new Feeds(more);
    }

    /** The values by node, in the order given; the matrices are shared and must not be changed. */
    public Map<Node, DMatrixRMaj> asMap() {
        return values;
    }

    /** The nodes that have a value, for example {@code values for "a" 1×1, "X" 30×m}. */
    @Override
    public String toString() {
        return values.keySet().stream().map(Node::describe).collect(Collectors.joining(", ", "values for ", ""));
    }
}
