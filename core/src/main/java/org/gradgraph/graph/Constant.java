package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A value that never changes: an operation without operands.
 *
 * <p>Made by {@link Node#constant(double)}; two constants of equal bits are equal.
 *
 * <pre>{@code
 * if (node.op().orElse(null) instanceof Constant constant && constant.isAll(1)) { ... }
 * }</pre>
 */
public final class Constant implements Kernel {
    private static final int MOST_ELEMENTS = 9;

    private final DMatrixRMaj value;

    /** Takes over the matrix. */
    Constant(DMatrixRMaj value) {
        this.value = value;
    }

    /** {@return the value, copied} */
    public DMatrixRMaj value() {
        return value.copy();
    }

    /**
     * {@return whether every element is this number; −0 is not 0, and NaN is NaN}
     *
     * @param number any number, NaN included
     */
    public boolean isAll(double number) {
        long bits = Double.doubleToLongBits(number);
        for (int i = 0; i < value.getNumElements(); i++) {
            if (Double.doubleToLongBits(value.data[i]) != bits) {
                return false;
            }
        }
        return true;
    }

    boolean isFinite() {
        return DoubleStream.of(elements()).allMatch(Double::isFinite);
    }

    boolean isNowhereZero() {
        return DoubleStream.of(elements()).noneMatch(element -> element == 0);
    }

    @Override
    public String name() {
        return "constant";
    }

    /** The number itself; a matrix is shown by its shape only. */
    @Override
    public String label() {
        return value.getNumElements() == 1 ? Labels.number(value.data[0]) : "constant";
    }

    @Override
    public Notation notation() {
        return value.getNumElements() == 1 ? new Notation.Value(value.data[0]) : matrix();
    }

    /** A small matrix with its elements, row by row; a larger one is only a word with its size. */
    private Notation matrix() {
        if (value.getNumElements() > MOST_ELEMENTS) {
            return new Notation.Call(
                    "constant", "\\operatorname{constant}", List.of(value.numRows + "×" + value.numCols));
        }
        StringJoiner rows = new StringJoiner("; ", "[", "]");
        for (int i = 0; i < value.numRows; i++) {
            StringJoiner row = new StringJoiner(", ");
            for (int j = 0; j < value.numCols; j++) {
                row.add(Notation.number(value.get(i, j)).replace("-", "−"));
            }
            rows.add(row.toString());
        }
        String text = rows.toString();
        return new Notation.Symbol(text, text.replace("−", "-").replace("Infinity", "\\infty"));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Operands.require(0, inputs);
        return Shape.of(value.numRows, value.numCols);
    }

    @Override
    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        System.arraycopy(value.data, 0, out.data, 0, out.getNumElements());
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return List.of();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constant that
                && value.numRows == that.value.numRows
                && value.numCols == that.value.numCols
                && Arrays.equals(elements(), that.elements());
    }

    @Override
    public int hashCode() {
        return 31 * value.numCols + Arrays.hashCode(elements());
    }

    private double[] elements() {
        return value.data.length == value.getNumElements()
                ? value.data
                : Arrays.copyOf(value.data, value.getNumElements());
    }

    @Override
    public String toString() {
        return label();
    }
}
