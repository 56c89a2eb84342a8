package org.gradgraph.exec.plan;

/** How a pass over an m×n matrix reads an operand. */
enum Access {
    /** Element by element; the operand has as many elements. */
    FULL,
    /** A row of n, the same for each row. */
    ROW,
    /** A column of m, the same for each column. */
    COLUMN,
    /** One number. */
    NUMBER
}
