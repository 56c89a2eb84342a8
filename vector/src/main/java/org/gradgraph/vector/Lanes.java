package org.gradgraph.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest vectors of this processor. */
final class Lanes {
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    static final int WIDTH = DOUBLES.length();
    static final String NAME = "vector of " + DOUBLES.vectorBitSize() + " bits";

    private Lanes() {}
}
