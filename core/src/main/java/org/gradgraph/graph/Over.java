package org.gradgraph.graph;

/**
 * What is reduced to one number: everything, each row, or each column.
 *
 * <pre>{@code
 * Node p = Activations.softmax(z, Over.EACH_COLUMN);             // one distribution for each example
 * }</pre>
 */
public enum Over {
    /** All elements; the result is 1×1. */
    ALL,
    /** The elements of each row; the result is m×1. */
    EACH_ROW,
    /** The elements of each column; the result is 1×n. */
    EACH_COLUMN;

    /**
     * {@return the shape of the result}
     *
     * @param shape the shape of the operand
     */
    public Shape of(Shape shape) {
        Require.given(shape, "Over.of: the shape");
        Dim one = Dim.of(1);
        return switch (this) {
            case ALL -> Shape.SCALAR;
            case EACH_ROW -> Shape.of(shape.rows(), one);
            case EACH_COLUMN -> Shape.of(one, shape.columns());
        };
    }

    /** The name of a reduction: {@code mean}, {@code rowMeans}, {@code columnMeans}. */
    String prefixed(String name) {
        String plural = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "s";
        return switch (this) {
            case ALL -> name;
            case EACH_ROW -> "row" + plural;
            case EACH_COLUMN -> "column" + plural;
        };
    }

    /**
     * {@return the number of elements that make one result}
     *
     * @param shape the shape of the operand
     */
    public Dim count(Shape shape) {
        Require.given(shape, "Over.count: the shape");
        return switch (this) {
            case ALL -> shape.elements();
            case EACH_ROW -> shape.columns();
            case EACH_COLUMN -> shape.rows();
        };
    }
}
