package org.gradgraph.onnx;

import org.gradgraph.graph.Formula;

/** Polynomials as formulas. */
final class Polynomial {
    private Polynomial() {}

    /** By Horner's rule; the highest power comes first. */
    static Formula of(double[] coefficients, Formula x) {
        Formula sum = Formula.constant(coefficients[0]);
        for (int k = 1; k < coefficients.length; k++) {
            sum = sum.times(x).plus(Formula.constant(coefficients[k]));
        }
        return sum;
    }
}
