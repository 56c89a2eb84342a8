package org.gradgraph.batch;

import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * Where the examples of a matrix are.
 *
 * @param lanes {@code EACH_ROW} if rows belong to examples, {@code EACH_COLUMN} if columns do
 * @param order which of c·m rows or columns belong to which of m examples
 */
record Arrangement(Over lanes, Order order) {
    /** The order of the c places of each example along a side of c·m. */
    enum Order {
        /** All places of the first example, then those of the second one, and so on. */
        TOGETHER,
        /** The first places of all examples, then their second ones, and so on. */
        INTERLEAVED,
        /** Either of them says the same: each example has one place, or all places hold the same. */
        ANY
    }

    /** The arrangement in a matrix of this shape: the order, unless each example has one place. */
    static Arrangement of(Shape shape, Over lanes, Order order, Dim m) {
        return new Arrangement(lanes, side(shape, lanes).equals(m) ? Order.ANY : order);
    }

    static Dim side(Shape shape, Over lanes) {
        return lanes == Over.EACH_ROW ? shape.rows() : shape.columns();
    }

    static boolean depends(Dim side, Dim m) {
        return !side.isFixed() && side.symbols().containsAll(m.symbols());
    }

    /** Whether some side depends on the number of examples. */
    static boolean depends(Shape shape, Dim m) {
        return depends(shape.rows(), m) || depends(shape.columns(), m);
    }

    /**
     * The side whose places belong to examples.
     *
     * @return {@code ALL} if it is not exactly one side, or not a multiple of their number
     */
    static Over lanes(Shape shape, Dim m) {
        boolean inRows = depends(shape.rows(), m);
        if (inRows == depends(shape.columns(), m)) {
            return Over.ALL;
        }
        Over lanes = inRows ? Over.EACH_ROW : Over.EACH_COLUMN;
        try {
            return depends(side(shape, lanes).dividedBy(m), m) ? Over.ALL : lanes;
        } catch (ShapeException noMultiple) {
            return Over.ALL;
        }
    }

    Arrangement transposed() {
        return new Arrangement(lanes == Over.EACH_ROW ? Over.EACH_COLUMN : Over.EACH_ROW, order);
    }

    boolean isInColumns() {
        return lanes == Over.EACH_COLUMN;
    }

    /** What holds for two matrices of one shape; null if they are arranged differently. */
    @Nullable
    Arrangement and(@Nullable Arrangement other) {
        if (other == null || other.lanes != lanes) {
            return null;
        }
        return order == Order.ANY ? other : other.order == Order.ANY || other.order == order ? this : null;
    }

    /** The example to which an element belongs. */
    int example(int place, int rows, int columns, int m) {
        int along = along(place, columns);
        return order == Order.TOGETHER ? along / (side(rows, columns) / m) : along % m;
    }

    /** The number of an element among those of its example. */
    int within(int place, int rows, int columns, int m) {
        int count = side(rows, columns) / m;
        int along = along(place, columns);
        int across = lanes == Over.EACH_ROW ? place % columns : place / columns;
        return (order == Order.TOGETHER ? along % count : along / m) + count * across;
    }

    private int along(int place, int columns) {
        return lanes == Over.EACH_ROW ? place / columns : place % columns;
    }

    private int side(int rows, int columns) {
        return lanes == Over.EACH_ROW ? rows : columns;
    }
}
