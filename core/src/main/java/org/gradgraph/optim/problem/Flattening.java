package org.gradgraph.optim.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of each parameter are in one long array.
 *
 * <pre>{@code
 * double[] x = Flattening.of(start, List.of()).flatten(start.asMap());
 * }</pre>
 */
public final class Flattening {
    private final List<Node> parameters;
    private final List<DMatrixRMaj> buffers;
    private final List<Integer> frozen;
    private final Feeds frozenValues;
    private final int size;

    private Flattening(List<Node> parameters, List<DMatrixRMaj> buffers, List<Integer> frozen, Feeds frozenValues) {
        this.parameters = parameters;
        this.buffers = buffers;
        this.frozen = frozen;
        this.frozenValues = frozenValues;
        int elements = 0;
        for (DMatrixRMaj buffer : buffers) {
            elements = Math.addExact(elements, buffer.getNumElements());
        }
        this.size = elements;
    }

    /** The parameters of a feed in its order, without those at the frozen places. */
    public static Flattening of(Feeds start, List<Integer> frozen) {
        List<Node> parameters = new ArrayList<>();
        List<DMatrixRMaj> buffers = new ArrayList<>();
        Feeds fixed = Feeds.none();
        int place = 0;
        for (Map.Entry<Node, DMatrixRMaj> entry : start.asMap().entrySet()) {
            if (frozen.contains(place++)) {
                fixed = fixed.and(entry.getKey(), entry.getValue());
            } else {
                parameters.add(entry.getKey());
                buffers.add(entry.getValue().createLike());
            }
        }
        return new Flattening(List.copyOf(parameters), buffers, frozen, fixed);
    }

    public List<Node> parameters() {
        return parameters;
    }

    public List<Integer> frozen() {
        return frozen;
    }

    public Feeds frozenValues() {
        return frozenValues;
    }

    public int size() {
        return size;
    }

    public double[] checked(String method, double @Nullable [] array) {
        double[] x = Require.given(array, "Objective." + method + ": the array");
        if (x.length != size) {
            throw new IllegalArgumentException("Objective." + method + ": the array has " + x.length
                    + " elements, the parameters have " + size + "; see parameters() for their order");
        }
        return x;
    }

    public double[] flatten(Map<Node, DMatrixRMaj> values) {
        double[] x = new double[size];
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            DMatrixRMaj value = values.get(parameters.get(i));
            DMatrixRMaj buffer = buffers.get(i);
            if (value == null || value.numRows != buffer.numRows || value.numCols != buffer.numCols) {
                throw new IllegalArgumentException(
                        "Objective.flatten: " + parameters.get(i).describe() + " has "
                                + (value == null ? "no value" : "a " + value.numRows + "×" + value.numCols + " value")
                                + "; give a " + buffer.numRows + "×" + buffer.numCols + " one");
            }
            System.arraycopy(value.data, 0, x, at, value.getNumElements());
            at += value.getNumElements();
        }
        return x;
    }

    public void spread(double[] x, Map<Node, DMatrixRMaj> values) {
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            DMatrixRMaj value = buffers.get(i).createLike();
            System.arraycopy(x, at, value.data, 0, value.getNumElements());
            at += value.getNumElements();
            values.put(parameters.get(i), value);
        }
    }

    /** Feeds the elements of a point, or of a direction, to nodes of the shapes of the parameters. */
    public void feed(BiConsumer<Node, DMatrixRMaj> setter, double[] x, List<Node> nodes) {
        int at = 0;
        for (int i = 0; i < nodes.size(); i++) {
            DMatrixRMaj buffer = buffers.get(i);
            System.arraycopy(x, at, buffer.data, 0, buffer.getNumElements());
            at += buffer.getNumElements();
            setter.accept(nodes.get(i), buffer);
        }
    }

    /** Reads matrices of the shapes of the parameters into one array. */
    public void read(Reading reading, double[] x) {
        int at = 0;
        for (int i = 0; i < buffers.size(); i++) {
            DMatrixRMaj buffer = buffers.get(i);
            reading.read(i, buffer);
            System.arraycopy(buffer.data, 0, x, at, buffer.getNumElements());
            at += buffer.getNumElements();
        }
    }

    /** Reads the matrix at a place. */
    @FunctionalInterface
    public interface Reading {
        /** Copies it. */
        void read(int place, DMatrixRMaj out);
    }
}
