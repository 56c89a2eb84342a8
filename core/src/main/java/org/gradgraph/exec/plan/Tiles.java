package org.gradgraph.exec.plan;

/**
 * How a pass over a matrix is cut: into tiles that stay in the first-level cache, and units of tiles that threads share.
 *
 * <p>A tile is one piece of a wide row, or several whole narrow rows; either way it is one run of the array. The cut
 * depends on the shape alone, and every sum follows it: so fusion and threads do not change a bit.
 */
record Tiles(int rows, int columns) {
    static final int BLOCK = 512;
    private static final int UNIT_ROWS = 16;
    private static final int UNIT_ELEMENTS = 4096;

    /** Whether a row is several tiles. */
    boolean isWide() {
        return columns > BLOCK;
    }

    /** Whether one tile is the whole matrix. */
    boolean isOne() {
        return elements() <= tileRows() * tileColumns();
    }

    /** Whole rows of one tile. */
    int tileRows() {
        return isWide() ? 1 : Math.min(rows, BLOCK / columns);
    }

    int tileColumns() {
        return isWide() ? BLOCK : columns;
    }

    /** Tiles side by side. */
    int across() {
        return divideUp(columns, tileColumns());
    }

    int down() {
        return divideUp(rows, tileRows());
    }

    int unitRows() {
        if (isWide()) {
            return UNIT_ROWS;
        }
        return tileRows() * divideUp(Math.max(UNIT_ROWS, UNIT_ELEMENTS / columns), tileRows());
    }

    int unitColumns() {
        return isWide() ? UNIT_ELEMENTS : columns;
    }

    int unitsAcross() {
        return divideUp(columns, unitColumns());
    }

    int unitsDown() {
        return divideUp(rows, unitRows());
    }

    int units() {
        return unitsAcross() * unitsDown();
    }

    int elements() {
        return rows * columns;
    }

    private static int divideUp(int a, int b) {
        return -Math.floorDiv(-a, b);
    }
}
