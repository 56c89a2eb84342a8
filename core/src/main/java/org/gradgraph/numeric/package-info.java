/**
 * Elementary functions with the same bits on every machine, and the pieces of which loops over arrays build them.
 *
 * <p>A function is one formula of correctly rounded operations: sums, products, quotients, fused multiply-add. A loop that
 * splits the formula into several passes calls the same pieces, so it gives the same bits. Not for users.
 */
@NullMarked
package org.gradgraph.numeric;

import org.jspecify.annotations.NullMarked;
