/** What the examples read: tables of numbers from CSV files. */
@NullMarked
package org.gradgraph.examples.data;

import org.jspecify.annotations.NullMarked;
