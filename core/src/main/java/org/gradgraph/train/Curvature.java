package org.gradgraph.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last steps {@code s} and the changes {@code y} of the gradient along them, oldest first. */
final class Curvature {
    private final int memory;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> changes = new ArrayList<>();

    Curvature(int memory) {
        this.memory = memory;
    }

    int size() {
        return steps.size();
    }

    double[] step(int i) {
        return steps.get(i);
    }

    double[] change(int i) {
        return changes.get(i);
    }

    void forget() {
        steps.clear();
        changes.clear();
    }

    /** A pair without positive curvature would make the matrix indefinite. */
    void remember(double[] s, double[] y) {
        if (Vectors.dot(s, y) > Math.ulp(1.0) * Vectors.dot(y, y) * (size() == 0 ? 0 : 1 / scale())) {
            if (size() == memory) {
                steps.remove(0);
                changes.remove(0);
            }
            steps.add(s);
            changes.add(y);
        }
    }

    /** {@code yᵀy/sᵀy} of the newest pair, the size of the Hessian. */
    double scale() {
        double[] y = changes.get(size() - 1);
        return Vectors.dot(y, y) / Vectors.dot(steps.get(size() - 1), y);
    }

    /** The two-loop recursion: minus the approximate inverse of the Hessian times a gradient. */
    double[] direction(double[] gradient) {
        double[] q = gradient.clone();
        double[] alphas = new double[size()];
        double[] rhos = new double[size()];
        for (int i = size() - 1; i >= 0; i--) {
            rhos[i] = 1 / Vectors.dot(step(i), change(i));
            alphas[i] = rhos[i] * Vectors.dot(step(i), q);
            Vectors.add(q, -alphas[i], change(i));
        }
        double scale = size() == 0 ? 1 : 1 / scale();
        for (int i = 0; i < q.length; i++) {
            q[i] *= -scale;
        }
        for (int i = 0; i < size(); i++) {
            double beta = rhos[i] * Vectors.dot(change(i), q);
            Vectors.add(q, -alphas[i] - beta, step(i));
        }
        return q;
    }

    Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            state.put("step." + i, step(i).clone());
            state.put("change." + i, change(i).clone());
        }
        return state;
    }

    void restore(Map<String, double[]> state) {
        forget();
        double[] s = state.get("step.0");
        double[] y = state.get("change.0");
        for (int i = 1; s != null && y != null; i++) {
            steps.add(s);
            changes.add(y);
            s = state.get("step." + i);
            y = state.get("change." + i);
        }
    }
}
