package org.gradgraph.examples.network;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/**
 * Scores for several classes with the cross entropy of their softmax as the cost: one layer, or two.
 *
 * <pre>{@code
 * SoftmaxModel model = SoftmaxModel.oneLayer(64, 10, 0.001);
 * Training training = model.trainer(x, y).optimizer(Optimizers.lbfgs()).steps(50).train();
 * int[][] confusion = model.confusion(x, y, training);
 * }</pre>
 */
public final class SoftmaxModel {
    private final Dim m;
    private final int classes;
    private final Node x;
    private final Node y;
    private final Node scores;
    private final Node cost;
    private final Feeds start;

    private SoftmaxModel(Dim m, Node x, Node scores, Node penalty, Feeds start) {
        this.m = m;
        this.x = x;
        this.scores = scores;
        this.start = start;
        this.classes = scores.shape().rows().size();
        this.y = Node.input("Y", 1, m);
        // tag::java[]
        Node labels = Indexing.oneHot(y, classes, Over.EACH_COLUMN);
        this.cost = Losses.crossEntropyWithLogits(scores, labels, Over.EACH_COLUMN)
                .plus(penalty)
                .named("J");
        // end::java[]
    }

    /**
     * Softmax regression: scores W·X + b, started from zeros.
     *
     * @param penalty how much Σ W² adds to the cost
     */
    public static SoftmaxModel oneLayer(int features, int classes, double penalty) {
        Dim m = Dim.named("m");
        Node x = Node.input("X", features, m);
        Node w = Node.parameter("W", classes, features);
        Node b = Node.parameter("b", classes, 1);
        Node scores = w.matmul(x).plus(b).named("Z");
        Feeds zeros = Feeds.of(w, new DMatrixRMaj(classes, features)).and(b, new DMatrixRMaj(classes, 1));
        return new SoftmaxModel(m, x, scores, w.square().sum().times(penalty), zeros);
    }

    /** A network with a hidden layer of tanh, started from small random weights. */
    public static SoftmaxModel twoLayers(int features, int hidden, int classes, double penalty, long seed) {
        Dim m = Dim.named("m");
        TwoLayers network = new TwoLayers(features, hidden, classes, Node::tanh, m);
        Node squares = network.w1().square().sum().plus(network.w2().square().sum());
        return new SoftmaxModel(
                m, network.x(), network.z2(), squares.times(penalty), network.start(1 / Math.sqrt(features), seed));
    }

    /** A trainer with data and first parameters. */
    public Trainer trainer(DMatrixRMaj features, DMatrixRMaj labels) {
        return Trainer.of(cost).data(Feeds.of(x, features).and(y, labels)).initialValues(start);
    }

    /** The number of examples, along which mini-batches are cut. */
    public Dim examples() {
        return m;
    }

    /** The class with the highest score for each example. */
    public int[] predict(DMatrixRMaj features, Training training) {
        Node best = Reductions.argmax(scores, Over.EACH_COLUMN);
        DMatrixRMaj found = Program.of(best)
                .newRun()
                .set(x, features)
                .set(training.parameters())
                .forward()
                .value(best);
        int[] prediction = new int[found.numCols];
        for (int j = 0; j < prediction.length; j++) {
            prediction[j] = (int) found.get(j);
        }
        return prediction;
    }

    /** How often each label, the row, was taken for each class, the column. */
    public int[][] confusion(DMatrixRMaj features, DMatrixRMaj labels, Training training) {
        int[][] counts = new int[classes][classes];
        int[] prediction = predict(features, training);
        for (int j = 0; j < prediction.length; j++) {
            counts[(int) labels.get(j)][prediction[j]]++;
        }
        return counts;
    }
}
