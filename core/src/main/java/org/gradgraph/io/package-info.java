/**
 * Files: arrays in NumPy's format, and files that are written whole or not at all.
 *
 * <ol>
 *   <li>{@link org.gradgraph.io.Npz}: parameters in files that NumPy reads
 *   <li>{@link org.gradgraph.io.AtomicFile}: a file that is never left half-written
 * </ol>
 */
@NullMarked
package org.gradgraph.io;

import org.jspecify.annotations.NullMarked;
