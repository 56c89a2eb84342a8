/**
 * The loops under a program: a narrow interface with a portable implementation.
 *
 * <p>Not for users: {@code gradgraph-vector} implements it, and nothing here is promised to stay as it is.
 */
@NullMarked
package org.gradgraph.exec.kernel;

import org.jspecify.annotations.NullMarked;
