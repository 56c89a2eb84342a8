package org.gradgraph.exec.plan;

import java.util.Arrays;
import java.util.List;

/** Fills arrays that were given up with NaN, to make a wrong reuse visible. */
record PoisonStep(List<double[]> dead) implements Step {
    @Override
    public void run() {
        dead.forEach(array -> Arrays.fill(array, Double.NaN));
    }

    @Override
    public String describe() {
        return "poison";
    }
}
