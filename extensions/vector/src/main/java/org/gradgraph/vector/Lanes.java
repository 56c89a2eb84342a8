package org.gradgraph.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest vectors of this processor, up to the eight numbers that every order of a sum has room for. */
final class Lanes {
    static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;
    static final int WIDTH = DOUBLES.length();
    static final String NAME = "vector of " + DOUBLES.vectorBitSize() + " bits";

    private Lanes() {}
}
