/**
 * Kernels by the Vector API of the virtual machine.
 *
 * <p>Not for users: programs find them by themselves, where the module {@code jdk.incubator.vector} is there.
 */
@NullMarked
package org.gradgraph.vector;

import org.jspecify.annotations.NullMarked;
