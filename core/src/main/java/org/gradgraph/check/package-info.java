/** Gradient checking: derivatives against differences. */
@NullMarked
package org.gradgraph.check;

import org.jspecify.annotations.NullMarked;
