/**
 * Values and gradients with any number of digits, from the same declarations that programs run in double arithmetic.
 *
 * <p>Start with {@link org.gradgraph.precision.HighPrecision}.
 */
@NullMarked
package org.gradgraph.precision;

import org.jspecify.annotations.NullMarked;
