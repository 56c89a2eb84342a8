/** Assertions for users' own tests, and the contract that an operation must keep. */
@NullMarked
package org.gradgraph.testkit;

import org.jspecify.annotations.NullMarked;
