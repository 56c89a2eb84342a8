package org.gradgraph.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;
import org.gradgraph.benchmarks.step.Workload;

/**
 * The workloads by PyTorch's own operations.
 *
 * <p>Its number of threads is fixed for a virtual machine, by {@code -Dai.djl.pytorch.num_threads}.
 */
public final class Torch implements Contestant {
    /** What is computed from the parameters and the data that a model holds. */
    @FunctionalInterface
    private interface Expression {
        NDArray value(List<NDArray> parameters);
    }

    private final NDManager manager;
    private List<NDArray> parameters = List.of();
    private final Expression expression;
    private double rate;

    private Torch(Workload workload) {
        manager = NDManager.newBaseManager("PyTorch");
        expression = switch (workload) {
            case SCALAR -> scalar();
            case PLANAR -> planar();
            case LOGISTIC -> logistic();
            case NETWORK -> network();
            case CHAIN -> chain();
            case PRODUCT_512 -> product(512);
            case PRODUCT_1024 -> product(1024);
        };
    }

    /** A workload. */
    public static Contestant of(Workload workload) {
        return new Torch(workload);
    }

    private Expression scalar() {
        parameters = List.of(array(new double[] {5}), array(new double[] {3}), array(new double[] {2}));
        return p -> p.get(0).add(p.get(1).mul(p.get(2))).mul(3);
    }

    private Expression planar() {
        NDArray x = array(Data.planarX(), 2, Data.POINTS);
        NDArray y = array(Data.planarY(), 1, Data.POINTS);
        NDArray w1 = array(Data.planarW1(), Data.UNITS, 2);
        NDArray b1 = array(Data.planarB1(), Data.UNITS, 1);
        NDArray w2 = array(Data.planarW2(), 1, Data.UNITS);
        NDArray b2 = array(new double[1], 1, 1);
        parameters = List.of(w1, b1, w2, b2);
        rate = Data.PLANAR_RATE;
        return p -> {
            NDArray hidden = p.get(0).matMul(x).add(p.get(1)).tanh();
            return crossEntropy(Activation.sigmoid(p.get(2).matMul(hidden).add(p.get(3))), y);
        };
    }

    private Expression logistic() {
        NDArray x = array(Data.logisticX(), Data.FEATURES, Data.PICTURES);
        NDArray y = array(Data.logisticY(), 1, Data.PICTURES);
        NDArray w = array(new double[Data.FEATURES], Data.FEATURES, 1);
        NDArray b = array(new double[1], 1, 1);
        parameters = List.of(w, b);
        rate = Data.LOGISTIC_RATE;
        return p ->
                crossEntropy(Activation.sigmoid(p.get(0).transpose().matMul(x).add(p.get(1))), y);
    }

    private static NDArray crossEntropy(NDArray p, NDArray y) {
        NDArray ones = y.mul(p.log());
        NDArray zeros = y.neg().add(1).mul(p.neg().add(1).log());
        return ones.add(zeros).mean().neg();
    }

    private Expression network() {
        NDArray x = array(Data.networkX(), Data.PIXELS, Data.BATCH).transpose().mul(1);
        NDArray y = array(Data.networkY(), Data.CLASSES, Data.BATCH).transpose().mul(1);
        NDArray w1 = array(Data.networkW1(), Data.HIDDEN, Data.PIXELS);
        NDArray b1 = array(new double[Data.HIDDEN], Data.HIDDEN);
        NDArray w2 = array(Data.networkW2(), Data.CLASSES, Data.HIDDEN);
        NDArray b2 = array(new double[Data.CLASSES], Data.CLASSES);
        parameters = List.of(w1, b1, w2, b2);
        rate = Data.NETWORK_RATE;
        return p -> {
            NDArray hidden = Activation.relu(x.matMul(p.get(0).transpose()).add(p.get(1)));
            NDArray scores = hidden.matMul(p.get(2).transpose()).add(p.get(3));
            return scores.logSoftmax(1).mul(y).sum().mul(-1.0 / Data.BATCH);
        };
    }

    private Expression chain() {
        parameters = List.of(array(Data.chainZ(), Data.SIDE, Data.SIDE));
        return p -> {
            NDArray z = p.get(0);
            NDArray inner =
                    Activation.sigmoid(z).mul(z.tanh()).add(z.square().neg().exp());
            return inner.add(1).log().mean();
        };
    }

    private Expression product(int n) {
        NDArray a = array(Data.factorA(n), n, n);
        NDArray b = array(Data.factorB(n), n, n);
        return p -> a.matMul(b);
    }

    private NDArray array(double[] values, long... shape) {
        return manager.create(values, shape.length == 0 ? new Shape(1) : new Shape(shape));
    }

    @Override
    public double step() {
        try (NDScope arrays = new NDScope()) {
            arrays.suppressNotUsedWarning();
            if (parameters.isEmpty()) {
                expression.value(parameters);
                return 0;
            }
            List<NDArray> leaves = leaves();
            double cost = backward(leaves);
            if (rate != 0) {
                leaves.forEach(leaf -> leaf.subi(leaf.getGradient().mul(rate)));
            }
            return cost;
        }
    }

    /** The parameters, shared, without the gradients of the step before: PyTorch would add to them. */
    private List<NDArray> leaves() {
        List<NDArray> leaves = parameters.stream().map(NDArray::stopGradient).toList();
        leaves.forEach(leaf -> leaf.setRequiresGradient(true));
        return leaves;
    }

    private double backward(List<NDArray> leaves) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray cost = expression.value(leaves);
            collector.backward(cost);
            return cost.getDouble();
        }
    }

    @Override
    public List<double[]> results() {
        if (parameters.isEmpty()) {
            return List.of(expression.value(parameters).toDoubleArray());
        }
        if (rate != 0) {
            return parameters.stream().map(NDArray::toDoubleArray).toList();
        }
        List<NDArray> leaves = leaves();
        backward(leaves);
        return leaves.stream().map(leaf -> leaf.getGradient().toDoubleArray()).toList();
    }

    @Override
    public void close() {
        manager.close();
    }
}
