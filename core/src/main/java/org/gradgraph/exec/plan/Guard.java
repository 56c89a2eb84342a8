package org.gradgraph.exec.plan;

import org.ejml.data.DMatrixRMaj;

/** Looks whether a condition holds for all elements, so that fallbacks can be skipped. */
final class Guard implements Step {
    private final DMatrixRMaj condition;
    private boolean holds;

    Guard(DMatrixRMaj condition) {
        this.condition = condition;
    }

    boolean holds() {
        return holds;
    }

    @Override
    public void run() {
        double[] data = condition.data;
        int n = condition.getNumElements();
        int i = 0;
        while (i < n && data[i] != 0) {
            i++;
        }
        holds = i == n;
    }

    @Override
    public boolean isPass() {
        return false;
    }

    @Override
    public String describe() {
        return "condition of fallbacks, " + condition.numRows + "×" + condition.numCols;
    }
}
