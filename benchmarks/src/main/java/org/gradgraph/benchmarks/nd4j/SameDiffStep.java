package org.gradgraph.benchmarks.nd4j;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;
import org.gradgraph.benchmarks.step.Workload;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The workloads as graphs of SameDiff, fed once. */
public final class SameDiffStep implements Contestant {
    private static final String COST = "cost";

    private final SameDiff graph = SameDiff.create();
    private final List<String> parameters = new ArrayList<>();
    private double rate;
    private List<INDArray> results = List.of();

    private SameDiffStep(Workload workload) {
        SDVariable cost = switch (workload) {
            case SCALAR -> scalar();
            case PLANAR -> planar();
            case LOGISTIC -> logistic();
            case NETWORK -> network();
            case CHAIN -> chain();
            case PRODUCT_512, PRODUCT_1024 ->
                throw new IllegalArgumentException("a product alone is no graph to be differentiated");
        };
        cost.rename(COST);
        cost.markAsLoss();
        differentiate();
    }

    /** SameDiff prints each operation that it differentiates, which does not belong among the tables. */
    private void differentiate() {
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            graph.createGradFunction();
        } finally {
            System.setOut(out);
        }
    }

    /**
     * A workload.
     *
     * @param threads at most so many
     */
    public static Contestant of(Workload workload, int threads) {
        Nd4j.getEnvironment().setMaxThreads(threads);
        return switch (workload) {
            case PRODUCT_512 -> product(512);
            case PRODUCT_1024 -> product(1024);
            default -> new SameDiffStep(workload);
        };
    }

    private static Contestant product(int n) {
        INDArray a = array(Data.factorA(n), n, n);
        INDArray b = array(Data.factorB(n), n, n);
        INDArray out = array(new double[n * n], n, n);
        return new Contestant() {
            @Override
            public double step() {
                a.mmuli(b, out);
                return 0;
            }

            @Override
            public List<double[]> results() {
                return List.of(numbers(out));
            }
        };
    }

    private SDVariable parameter(String name, double[] values, long... shape) {
        parameters.add(name);
        return graph.var(name, array(values, shape));
    }

    private SDVariable data(double[] values, long... shape) {
        return graph.constant(array(values, shape));
    }

    private SDVariable scalar() {
        SDVariable a = parameter("a", new double[] {5}, 1, 1);
        SDVariable b = parameter("b", new double[] {3}, 1, 1);
        SDVariable c = parameter("c", new double[] {2}, 1, 1);
        return a.add(b.mul(c)).mul(3).sum();
    }

    private SDVariable planar() {
        SDVariable x = data(Data.planarX(), 2, Data.POINTS);
        SDVariable y = data(Data.planarY(), 1, Data.POINTS);
        SDVariable w1 = parameter("w1", Data.planarW1(), Data.UNITS, 2);
        SDVariable b1 = parameter("b1", Data.planarB1(), Data.UNITS, 1);
        SDVariable w2 = parameter("w2", Data.planarW2(), 1, Data.UNITS);
        SDVariable b2 = parameter("b2", new double[1], 1, 1);
        rate = Data.PLANAR_RATE;
        SDVariable hidden = graph.math().tanh(w1.mmul(x).add(b1));
        return crossEntropy(graph.nn().sigmoid(w2.mmul(hidden).add(b2)), y);
    }

    private SDVariable logistic() {
        SDVariable x = data(Data.logisticX(), Data.FEATURES, Data.PICTURES);
        SDVariable y = data(Data.logisticY(), 1, Data.PICTURES);
        SDVariable w = parameter("w", new double[Data.FEATURES], 1, Data.FEATURES);
        SDVariable b = parameter("b", new double[1], 1, 1);
        rate = Data.LOGISTIC_RATE;
        return crossEntropy(graph.nn().sigmoid(w.mmul(x).add(b)), y);
    }

    private SDVariable crossEntropy(SDVariable p, SDVariable y) {
        SDVariable ones = y.mul(graph.math().log(p));
        SDVariable zeros = y.rsub(1).mul(graph.math().log(p.rsub(1)));
        return graph.math().neg(ones.add(zeros).mean());
    }

    private SDVariable network() {
        SDVariable x = data(Data.networkX(), Data.PIXELS, Data.BATCH);
        SDVariable y = data(Data.networkY(), Data.CLASSES, Data.BATCH);
        SDVariable w1 = parameter("w1", Data.networkW1(), Data.HIDDEN, Data.PIXELS);
        SDVariable b1 = parameter("b1", new double[Data.HIDDEN], Data.HIDDEN, 1);
        SDVariable w2 = parameter("w2", Data.networkW2(), Data.CLASSES, Data.HIDDEN);
        SDVariable b2 = parameter("b2", new double[Data.CLASSES], Data.CLASSES, 1);
        rate = Data.NETWORK_RATE;
        SDVariable hidden = graph.nn().relu(w1.mmul(x).add(b1), 0);
        SDVariable scores = w2.mmul(hidden).add(b2);
        // Over the last dimension: with a dimension of its own, the gradient of this operation cannot be made.
        return graph.nn()
                .logSoftmax(graph.transpose(scores))
                .mul(graph.transpose(y))
                .sum()
                .mul(-1.0 / Data.BATCH);
    }

    private SDVariable chain() {
        SDVariable z = parameter("z", Data.chainZ(), Data.SIDE, Data.SIDE);
        SDVariable inner = graph.nn()
                .sigmoid(z)
                .mul(graph.math().tanh(z))
                .add(graph.math().exp(graph.math().neg(graph.math().square(z))));
        return graph.math().log1p(inner).mean();
    }

    private static INDArray array(double[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape(shape);
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').reshape(array.length()).toDoubleVector();
    }

    @Override
    public double step() {
        OutAndGrad both = graph.calculateGradientsAndOutputs(Map.of(), List.of(COST), parameters);
        Map<String, INDArray> gradients = both.getGradients();
        if (rate == 0) {
            results = parameters.stream().map(name -> given(gradients, name)).toList();
        } else {
            for (String name : parameters) {
                graph.getVariable(name).getArr().subi(given(gradients, name).mul(rate));
            }
        }
        return given(both.getOutputs(), COST).getDouble(0);
    }

    private static INDArray given(Map<String, INDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    @Override
    public List<double[]> results() {
        if (rate == 0) {
            return results.stream().map(SameDiffStep::numbers).toList();
        }
        return parameters.stream()
                .map(name -> numbers(graph.getVariable(name).getArr()))
                .toList();
    }
}
