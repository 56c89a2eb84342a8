package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Refuses null with a sentence instead of a NullPointerException.
 *
 * <pre>{@code
 * Require.given(shape, "broadcastTo: the shape");        // "broadcastTo: the shape is null; give a value"
 * List<Node> outputs = Require.nodes("Program.of", nodes);
 * }</pre>
 */
public final class Require {
    private Require() {}

    /**
     * {@return the value itself}
     *
     * @param <T> the type of the value
     * @param value what the caller was given
     * @param what the method and the role of the value in it, the beginning of the message
     * @throws IllegalArgumentException if the value is null
     */
    public static <T> T given(@Nullable T value, String what) {
        if (what == null) {
            throw new IllegalArgumentException("Require.given: the beginning of the message is null; give a value");
        }
        if (value == null) {
            throw new IllegalArgumentException(what + " is null; give a value");
        }
        return value;
    }

    /**
     * {@return the matrix itself}
     *
     * @param value what the caller was given
     * @param what the method and the role of the value in it, the beginning of the message
     * @throws IllegalArgumentException if it is null or its array is shorter than rows·columns
     */
    public static DMatrixRMaj matrix(@Nullable DMatrixRMaj value, String what) {
        given(what, "Require.matrix: the beginning of the message");
        DMatrixRMaj matrix = given(value, what);
        long elements = (long) matrix.numRows * matrix.numCols;
        if (matrix.data == null || matrix.data.length < elements) {
            throw new IllegalArgumentException(what + " is " + matrix.numRows + "×" + matrix.numCols + ", but its array"
                    + " holds " + (matrix.data == null ? 0 : matrix.data.length) + " numbers; give one of " + elements
                    + " or more");
        }
        return matrix;
    }

    /**
     * {@return the values as an unmodifiable list, copied}
     *
     * @param <T> the type of the values
     * @param values what the caller was given
     * @param what the method and the role of the value in it, the beginning of the message
     * @throws IllegalArgumentException if the list or one of the values is null, saying which
     */
    public static <T> List<T> list(@Nullable List<T> values, String what) {
        given(what, "Require.list: the beginning of the message");
        int place = 0;
        for (T value : given(values, what)) {
            place++;
            given(value, what + ": element " + place);
        }
        return List.copyOf(values);
    }

    /**
     * {@return the nodes as an unmodifiable list; see {@link #nodes(String, Collection)}}
     *
     * @param method what was called, the beginning of the message
     * @param nodes what the caller was given
     */
    public static List<Node> nodes(String method, Node @Nullable [] nodes) {
        return nodes(method, nodes == null ? null : Arrays.asList(nodes));
    }

    /**
     * {@return the nodes as an unmodifiable list, copied}
     *
     * @param method what was called, the beginning of the message
     * @param nodes what the caller was given
     * @throws IllegalArgumentException if the collection or one of the nodes is null, saying which
     */
    public static List<Node> nodes(String method, @Nullable Collection<Node> nodes) {
        given(method, "Require.nodes: the method");
        if (nodes == null) {
            throw new IllegalArgumentException(method + ": the list of nodes is null; give a value");
        }
        int place = 0;
        for (Node node : nodes) {
            place++;
            if (node == null) {
                throw new IllegalArgumentException(
                        method + ": node " + place + " of " + nodes.size() + " is null; give a node");
            }
        }
        return List.copyOf(nodes);
    }
}
