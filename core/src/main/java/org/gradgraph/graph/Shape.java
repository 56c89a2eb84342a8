package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shape of a matrix: rows × columns, each a number or a symbol.
 *
 * <p>There are no rank-1 values: a column vector is {@code n×1}, a row vector {@code 1×n}, a number {@code 1×1}.
 *
 * <pre>{@code
 * Shape.of(30, 569)                              // 30×569
 * Shape.of(Dim.of(30), Dim.named("m"))           // 30×m
 * }</pre>
 */
@CheckReturnValue
public final class Shape {
    /** The shape 1×1 of a single number. */
    public static final Shape SCALAR = of(1, 1);

    private final Dim rows;
    private final Dim columns;

    private Shape(Dim rows, Dim columns) {
        this.rows = rows;
        this.columns = columns;
        long fixedRows = rows.isFixed() ? rows.size() : 1;
        long fixedColumns = columns.isFixed() ? columns.size() : 1;
        if (fixedRows * fixedColumns > Integer.MAX_VALUE) {
            throw new ShapeException(
                    "the shape " + this + " has " + fixedRows * fixedColumns + " elements, more than "
                            + Integer.MAX_VALUE,
                    "split the matrix into blocks of rows or columns");
        }
    }

    /**
     * {@return a shape of fixed sides}
     *
     * @param rows at least 1
     * @param columns at least 1
     * @throws ShapeException if a side is below 1 or the number of elements is beyond {@code int}
     */
    public static Shape of(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new ShapeException(
                    "the shape " + rows + "×" + columns + " is refused",
                    "every matrix has at least one row and one column");
        }
        return new Shape(Dim.of(rows), Dim.of(columns));
    }

    /**
     * {@return a shape of fixed or symbolic sides}
     *
     * @param rows a fixed or symbolic side
     * @param columns a fixed or symbolic side
     * @throws ShapeException if a fixed side is below 1, or both are fixed and the number of elements is beyond {@code
     *     int}
     */
    public static Shape of(Dim rows, Dim columns) {
        return new Shape(
                Require.given(rows, "the number of rows of a shape"),
                Require.given(columns, "the number of columns of a shape"));
    }

    /** {@return the number of rows} */
    public Dim rows() {
        return rows;
    }

    /** {@return the number of columns} */
    public Dim columns() {
        return columns;
    }

    /** {@return whether this is 1×1} */
    public boolean isScalar() {
        return rows.isOne() && columns.isOne();
    }

    /** {@return whether both sides are known now} */
    public boolean isFixed() {
        return rows.isFixed() && columns.isFixed();
    }

    /** {@return the shape with its sides exchanged} */
    public Shape transposed() {
        return new Shape(columns, rows);
    }

    /** {@return the number of elements, {@code rows·columns}} */
    public Dim elements() {
        return rows.times(columns);
    }

    /** {@return the symbols of both sides, in alphabetical order} */
    public Set<String> symbols() {
        Set<String> symbols = new TreeSet<>(rows.symbols());
        symbols.addAll(columns.symbols());
        return symbols;
    }

    /**
     * {@return this shape with its symbols replaced by sizes}
     *
     * @param sizes the size of each symbol
     * @throws ShapeException if a symbol is unbound, a side is below 1, or there are too many elements
     */
    public Shape bind(Sizes sizes) {
        Require.given(sizes, "the binding of a shape");
        return isFixed() ? this : of(rows.size(sizes), columns.size(sizes));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape that && rows.equals(that.rows) && columns.equals(that.columns));
    }

    @Override
    public int hashCode() {
        return 31 * rows.hashCode() + columns.hashCode();
    }

    /** Rows × columns, for example {@code 30×m}; sums are put in parentheses. */
    @Override
    public String toString() {
        return text(rows, columns);
    }

    /** How a shape is written, even one that may not be made. */
    static String text(Dim rows, Dim columns) {
        return side(rows) + "×" + side(columns);
    }

    private static String side(Dim dim) {
        String text = dim.toString();
        return text.indexOf(' ') < 0 ? text : "(" + text + ")";
    }
}
