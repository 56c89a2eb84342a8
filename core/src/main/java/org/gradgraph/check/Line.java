package org.gradgraph.check;

/** Some results, weighted and added up, along a line through the point. */
interface Line {
    /** How far the sum moves from its value at the point; NaN if a result is not finite there. */
    double at(double t);

    /** The largest {@code t} that may be lost in rounding what moves. */
    double resolution();

    /** The rounding error to expect in {@link #at}, as one standard deviation, for what was asked so far. */
    double noise();
}
