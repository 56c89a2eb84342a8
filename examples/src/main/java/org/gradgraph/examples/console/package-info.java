/** What the examples say: tables of numbers, progress, and errors in one line. */
@NullMarked
package org.gradgraph.examples.console;

import org.jspecify.annotations.NullMarked;
