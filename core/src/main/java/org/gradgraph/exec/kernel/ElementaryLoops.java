package org.gradgraph.exec.kernel;

import org.gradgraph.numeric.Exponential;
import org.gradgraph.numeric.Logarithm;

/** The parts of elementary functions that are arithmetic, which the compiler turns into vector instructions. */
final class ElementaryLoops {
    private ElementaryLoops() {}

    static void rest(double[] x, double[] rounded, double[] rest, int n) {
        for (int i = 0; i < n; i++) {
            double k = Exponential.rounded(x[i]);
            rounded[i] = k;
            rest[i] = Exponential.rest(x[i], k);
        }
    }

    static void tanhArgument(double[] x, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponential.tanhArgument(x[i]);
        }
    }

    static void tanh(double[] signedExpm1, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponential.fromSignedExpm1(signedExpm1[i]);
        }
    }

    static void log(double[] power, double[] fraction, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Logarithm.log(power[i], fraction[i]);
        }
    }

    static void addOne(double[] x, double[] onePlus, double[] correction, int n) {
        for (int i = 0; i < n; i++) {
            double u = Logarithm.onePlus(x[i]);
            onePlus[i] = u;
            correction[i] = Logarithm.correction(x[i], u);
        }
    }
}
