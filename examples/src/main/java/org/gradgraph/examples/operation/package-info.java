/** User-defined operations, as {@code docs/adding-an-operation.md} explains them. */
@NullMarked
package org.gradgraph.examples.operation;

import org.jspecify.annotations.NullMarked;
