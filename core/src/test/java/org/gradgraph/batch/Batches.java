package org.gradgraph.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/** A cost of a batch, with values for its inputs and parameters, computed at once and block by block. */
final class Batches {
    static final Dim M = Dim.named("m");

    final Node cost;
    final int examples;
    final Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
    final List<Node> parameters;

    /** A cost with whole numbers from −3 to 3 for everything, or with normal ones. */
    Batches(Node cost, int examples, boolean isWhole) {
        this.cost = cost;
        this.examples = examples;
        Program program = Program.of(cost);
        this.parameters = program.graph().nodes(Node.Kind.PARAMETER);
        Random random = new Random(42);
        for (Node node : program.graph().nodes()) {
            if (node.op().isEmpty()) {
                Shape shape = node.shape().bind(Sizes.of(Map.of("m", examples)));
                DMatrixRMaj value =
                        new DMatrixRMaj(shape.rows().size(), shape.columns().size());
                for (int i = 0; i < value.data.length; i++) {
                    boolean isNumber = node.name().orElse("").startsWith("class");
                    value.data[i] =
                            isNumber ? random.nextInt(3) : isWhole ? random.nextInt(7) - 3 : random.nextGaussian();
                }
                values.put(node, value);
            }
        }
    }

    /** The cost and its gradients by all parameters, one after the other. */
    double[] whole() {
        return results(Program.of(cost).withGradients(parameters), 0, examples, null);
    }

    /** The same, from blocks of a size. */
    double[] inBlocks(int size) {
        ExampleSum sum = ExampleSum.of(cost, M);
        Program share = Program.of(sum.share()).withGradients(parameters);
        TreeSum tree = null;
        for (int from = 0; from < examples; from += size) {
            double[] block = results(share, from, Math.min(examples, from + size), sum.total());
            tree = tree == null ? new TreeSum(block.length) : tree;
            tree.add(from / size, block);
        }
        double[] total = tree.total();
        double[] rest = results(Program.of(sum.rest()).withGradients(parameters), 0, examples, sum.total());
        for (int i = 0; i < total.length; i++) {
            total[i] += rest[i];
        }
        return total;
    }

    private double[] results(Program program, int from, int to, Node total) {
        Run run = program.newRun();
        for (Node node : program.graph().nodes()) {
            if (node.equals(total)) {
                run.set(node, examples);
            } else if (node.op().isEmpty()) {
                run.set(node, cut(node, from, to));
            }
        }
        for (Node parameter : parameters) {
            if (!program.graph().contains(parameter)) {
                run.set(parameter, values.get(parameter));
            }
        }
        run.forwardAndBackward();
        int length = 1;
        for (Node parameter : parameters) {
            length += values.get(parameter).getNumElements();
        }
        double[] results = new double[length];
        results[0] = run.scalar(program.outputs().get(0));
        int next = 1;
        for (Node parameter : parameters) {
            double[] gradient = run.gradientElements(parameter);
            System.arraycopy(gradient, 0, results, next, gradient.length);
            next += gradient.length;
        }
        return results;
    }

    /** The rows or columns of some examples. */
    private DMatrixRMaj cut(Node node, int from, int to) {
        DMatrixRMaj value = values.get(node);
        if (node.shape().isFixed()) {
            return value;
        }
        boolean inRows = !node.shape().rows().isFixed();
        int each = (inRows ? value.numRows : value.numCols) / examples;
        Node x = Node.input("X", value.numRows, value.numCols);
        Node part = inRows
                ? x.slice(from * each, to * each, 0, value.numCols)
                : x.slice(0, value.numRows, from * each, to * each);
        return Program.of(part).newRun().set(x, value).forward().value(part);
    }
}
