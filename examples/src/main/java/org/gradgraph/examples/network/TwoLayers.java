package org.gradgraph.examples.network;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/**
 * A hidden layer and an output layer: Z1 = W1·X + b1, A1 = g(Z1), Z2 = W2·A1 + b2, for one example or m of them.
 *
 * <pre>{@code
 * TwoLayers network = new TwoLayers(3, 4, 1, Node::tanh, Dim.named("m"));
 * Node a2 = network.z2().sigmoid();
 * }</pre>
 */
public final class TwoLayers {
    private final Node x;
    private final Node w1;
    private final Node b1;
    private final Node w2;
    private final Node b2;
    private final Node a1;
    private final Node z2;

    /**
     * A network.
     *
     * @param inputs the number of features
     * @param hidden the number of hidden units
     * @param outputs the number of outputs
     * @param activation what the hidden layer applies, for example {@code Node::tanh}
     * @param examples the number of examples, symbolic or not
     */
    public TwoLayers(int inputs, int hidden, int outputs, UnaryOperator<Node> activation, Dim examples) {
        // tag::java[]
        x = Node.input("X", inputs, examples);
        w1 = Node.parameter("W1", hidden, inputs);
        b1 = Node.parameter("b1", hidden, 1);
        w2 = Node.parameter("W2", outputs, hidden);
        b2 = Node.parameter("b2", outputs, 1);
        a1 = activation.apply(w1.matmul(x).plus(b1).named("Z1")).named("A1");
        z2 = w2.matmul(a1).plus(b2).named("Z2");
        // end::java[]
    }

    /** Small random weights and biases of zero to start from. */
    public Feeds start(double size, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj first = normal(w1, size, random);
        return start(first, normal(w2, size, random));
    }

    /** Chosen weights and biases of zero to start from. */
    public Feeds start(DMatrixRMaj firstWeights, DMatrixRMaj secondWeights) {
        return Feeds.of(w1, firstWeights)
                .and(b1, new DMatrixRMaj(firstWeights.numRows, 1))
                .and(w2, secondWeights)
                .and(b2, new DMatrixRMaj(secondWeights.numRows, 1));
    }

    private static DMatrixRMaj normal(Node parameter, double size, Random random) {
        DMatrixRMaj value = new DMatrixRMaj(
                parameter.shape().rows().size(), parameter.shape().columns().size());
        for (int i = 0; i < value.getNumElements(); i++) {
            value.set(i, size * random.nextGaussian());
        }
        return value;
    }

    /** The features, one column for each example. */
    public Node x() {
        return x;
    }

    /** The weights of the hidden layer, hidden × inputs. */
    public Node w1() {
        return w1;
    }

    /** The biases of the hidden layer, a column. */
    public Node b1() {
        return b1;
    }

    /** What the hidden layer gives on, one column for each example. */
    public Node a1() {
        return a1;
    }

    /** The weights of the output layer, outputs × hidden. */
    public Node w2() {
        return w2;
    }

    /** The biases of the output layer, a column. */
    public Node b2() {
        return b2;
    }

    /** The output before its activation, one column for each example. */
    public Node z2() {
        return z2;
    }
}
