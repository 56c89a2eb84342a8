package org.gradgraph.graph;

/**
 * An operation whose elements are elements of its operand, at places that advance by fixed steps.
 *
 * <p>Programs read through a view wherever they can; it is copied only if the matrix itself is wanted.
 *
 * <pre>{@code
 * record EverySecondRow() implements View {
 *     public String name() { return "everySecondRow"; }
 *     public Shape shape(List<Shape> inputs) { ... }
 *     public Strides strides(int rows, int columns) { return new Strides(0, 2 * columns, 1); }
 *     ...
 * }
 * }</pre>
 */
public non-sealed interface View extends Op {
    /**
     * Where the elements are in the row-major array of the operand: element (i, j) at {@code first + i·down + j·right}.
     *
     * @param first the place of element (0, 0)
     * @param down from an element to the one below it
     * @param right from an element to the one on its right
     */
    record Strides(int first, int down, int right) {}

    /**
     * {@return the places of the elements of the result}
     *
     * @param rows the rows of the operand
     * @param columns the columns of the operand
     */
    Strides strides(int rows, int columns);
}
