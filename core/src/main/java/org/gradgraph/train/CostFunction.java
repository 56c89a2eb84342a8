package org.gradgraph.train;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** A cost as a function of all parameters in one long vector. */
final class CostFunction {
    private final Run run;
    private final Node cost;
    private final List<Node> parameters;
    private final List<DMatrixRMaj> values = new ArrayList<>();
    private final List<DMatrixRMaj> gradients = new ArrayList<>();
    private final int size;

    CostFunction(Run run, Node cost, List<Node> parameters) {
        this.run = run;
        this.cost = cost;
        this.parameters = parameters;
        int elements = 0;
        for (Node parameter : parameters) {
            DMatrixRMaj value = run.value(parameter);
            values.add(value);
            gradients.add(value.createLike());
            elements += value.getNumElements();
        }
        this.size = elements;
    }

    int size() {
        return size;
    }

    void readPoint(double[] x) {
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            run.value(parameters.get(i), values.get(i));
            at = copy(values.get(i).data, 0, x, at, values.get(i).getNumElements());
        }
    }

    void moveTo(double[] x) {
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            DMatrixRMaj value = values.get(i);
            System.arraycopy(x, at, value.data, 0, value.getNumElements());
            at += value.getNumElements();
            run.set(parameters.get(i), value);
        }
    }

    /** The cost at a point, and its gradient there. */
    double evaluate(double[] x, double[] gradient) {
        moveTo(x);
        double j = run.forwardAndBackward().scalar(cost);
        int at = 0;
        for (int i = 0; i < gradients.size(); i++) {
            run.gradient(parameters.get(i), gradients.get(i));
            at = copy(gradients.get(i).data, 0, gradient, at, gradients.get(i).getNumElements());
        }
        return j;
    }

    private static int copy(double[] from, int fromIndex, double[] to, int toIndex, int n) {
        System.arraycopy(from, fromIndex, to, toIndex, n);
        return toIndex + n;
    }
}
