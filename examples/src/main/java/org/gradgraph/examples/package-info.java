/** Runnable examples that use the public API only. */
@NullMarked
package org.gradgraph.examples;

import org.jspecify.annotations.NullMarked;
