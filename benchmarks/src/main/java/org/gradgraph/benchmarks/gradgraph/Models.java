package org.gradgraph.benchmarks.gradgraph;

import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Losses;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;
import org.gradgraph.benchmarks.step.Workload;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;

/** The graphs, as a user would compose them, with their data. */
public final class Models {
    private Models() {}

    /**
     * A workload on so many threads.
     *
     * @param threads at most so many
     */
    public static Contestant of(Workload workload, int threads) {
        Execution execution = Execution.standard().withThreads(threads);
        return switch (workload) {
            case SCALAR -> scalar(execution);
            case PLANAR -> planar(execution);
            case LOGISTIC -> logistic(execution);
            case NETWORK -> network(execution);
            case CHAIN -> chain(execution);
            case PRODUCT_512 -> product(512, execution);
            case PRODUCT_1024 -> product(1024, execution);
        };
    }

    private static Contestant scalar(Execution execution) {
        Node a = Node.parameter("a");
        Node b = Node.parameter("b");
        Node c = Node.parameter("c");
        Node j = a.plus(b.times(c)).times(3).named("J");
        return new Gradients(
                Program.of(j).withGradients(a, b, c), Feeds.of(a, 5).and(b, 3).and(c, 2), execution);
    }

    private static Contestant planar(Execution execution) {
        Dim m = Dim.named("m");
        Node x = Node.input("X", 2, m);
        Node y = Node.input("Y", 1, m);
        Node w1 = Node.parameter("W1", Data.UNITS, 2);
        Node b1 = Node.parameter("b1", Data.UNITS, 1);
        Node w2 = Node.parameter("W2", 1, Data.UNITS);
        Node b2 = Node.parameter("b2");
        Node hidden = w1.matmul(x).plus(b1).tanh();
        Node cost = crossEntropy(w2.matmul(hidden).plus(b2).sigmoid(), y);
        Feeds feeds = Feeds.of(x, matrix(2, Data.POINTS, Data.planarX()))
                .and(y, matrix(1, Data.POINTS, Data.planarY()))
                .and(w1, matrix(Data.UNITS, 2, Data.planarW1()))
                .and(b1, matrix(Data.UNITS, 1, Data.planarB1()))
                .and(w2, matrix(1, Data.UNITS, Data.planarW2()))
                .and(b2, 0);
        return new Descent(Program.of(cost).withGradients(w1, b1, w2, b2), feeds, Data.PLANAR_RATE, execution);
    }

    private static Contestant logistic(Execution execution) {
        Dim m = Dim.named("m");
        Node x = Node.input("X", Data.FEATURES, m);
        Node y = Node.input("Y", 1, m);
        Node w = Node.parameter("w", Data.FEATURES, 1);
        Node b = Node.parameter("b");
        Node cost = crossEntropy(w.transpose().matmul(x).plus(b).sigmoid(), y);
        Feeds feeds = Feeds.of(x, matrix(Data.FEATURES, Data.PICTURES, Data.logisticX()))
                .and(y, matrix(1, Data.PICTURES, Data.logisticY()))
                .and(w, new DMatrixRMaj(Data.FEATURES, 1))
                .and(b, 0);
        return new Descent(Program.of(cost).withGradients(w, b), feeds, Data.LOGISTIC_RATE, execution);
    }

    /** As the course composes it. */
    private static Node crossEntropy(Node p, Node y) {
        Node ones = y.times(p.log());
        Node zeros = y.negate().plus(1).times(p.negate().plus(1).log());
        return ones.plus(zeros).mean().negate().named("J");
    }

    private static Contestant network(Execution execution) {
        Dim m = Dim.named("m");
        Node x = Node.input("X", Data.PIXELS, m);
        Node y = Node.input("Y", Data.CLASSES, m);
        Node w1 = Node.parameter("W1", Data.HIDDEN, Data.PIXELS);
        Node b1 = Node.parameter("b1", Data.HIDDEN, 1);
        Node w2 = Node.parameter("W2", Data.CLASSES, Data.HIDDEN);
        Node b2 = Node.parameter("b2", Data.CLASSES, 1);
        Node hidden = w1.matmul(x).plus(b1).relu();
        Node cost = Losses.crossEntropyWithLogits(w2.matmul(hidden).plus(b2), y, Over.EACH_COLUMN);
        Feeds feeds = Feeds.of(x, matrix(Data.PIXELS, Data.BATCH, Data.networkX()))
                .and(y, matrix(Data.CLASSES, Data.BATCH, Data.networkY()))
                .and(w1, matrix(Data.HIDDEN, Data.PIXELS, Data.networkW1()))
                .and(b1, new DMatrixRMaj(Data.HIDDEN, 1))
                .and(w2, matrix(Data.CLASSES, Data.HIDDEN, Data.networkW2()))
                .and(b2, new DMatrixRMaj(Data.CLASSES, 1));
        return new Descent(Program.of(cost).withGradients(w1, b1, w2, b2), feeds, Data.NETWORK_RATE, execution);
    }

    private static Contestant chain(Execution execution) {
        Node z = Node.parameter("z", Data.SIDE, Data.SIDE);
        Node inner = z.sigmoid().times(z.tanh()).plus(z.square().negate().exp());
        Node cost = Elementary.log1p(inner).mean();
        return new Gradients(
                Program.of(cost).withGradients(z), Feeds.of(z, matrix(Data.SIDE, Data.SIDE, Data.chainZ())), execution);
    }

    private static Contestant product(int n, Execution execution) {
        Node a = Node.input("A", n, n);
        Node b = Node.input("B", n, n);
        Node c = a.matmul(b);
        Run run = Program.of(c).newRun(execution).set(a, matrix(n, n, Data.factorA(n)));
        return new Product(run.set(b, matrix(n, n, Data.factorB(n))), c);
    }

    private static DMatrixRMaj matrix(int rows, int columns, double[] values) {
        return new DMatrixRMaj(rows, columns, true, values);
    }
}
