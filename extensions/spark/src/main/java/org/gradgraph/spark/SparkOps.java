package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/**
 * The operations of a cost on a cluster.
 *
 * <p>One pass over the data computes cost and gradient together: {@link Pass} gives both in one column. {@link Total} takes the
 * cost from it, and its vjp takes the gradients, so that neither needs another pass.
 */
final class SparkOps {
    private SparkOps() {}

    /** Cost and gradients as a column; its operands are those of {@link ClusterPass#compute}. */
    record Pass(ClusterPass pass) implements Kernel {
        @Override
        public String name() {
            return "sparkPass";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.of(pass.length(), 1);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] sums = new double[pass.length()];
            pass.compute(inputs, sums);
            System.arraycopy(sums, 0, out.data, 0, sums.length);
        }

        /** {@link Total} has the derivatives. */
        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.STOPPED;
        }
    }

    /**
     * The cost, given the column and all leaves that it depends on.
     *
     * @param starts for each leaf the place of its gradient in the column, 0 for an input, which has none
     */
    record Total(List<Integer> starts) implements Kernel {
        @Override
        public String name() {
            return "sumOverExamples";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.SCALAR;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.set(0, inputs.get(0).get(0));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            List<Node> shares =
                    new ArrayList<>(List.of(Constants.zeros(inputs.get(0).shape())));
            for (int i = 1; i < inputs.size(); i++) {
                Node slope = Node.apply(new Slope(starts.get(i - 1)), inputs.get(0), inputs.get(i));
                shares.add(slope.times(dy));
            }
            return shares;
        }
    }

    /**
     * The gradient of one leaf, given the column and the leaf.
     *
     * @param start the place of the gradient in the column, 0 if it is not there
     */
    record Slope(int start) implements Kernel {
        @Override
        public String name() {
            return "gradientOverExamples";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(1);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            if (start == 0) {
                throw new IllegalArgumentException("the cluster computes gradients of parameters, not of inputs; make"
                        + " a parameter of what you need the gradient of");
            }
            System.arraycopy(inputs.get(0).data, start, out.data, 0, out.getNumElements());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            throw new NoGradientException("the cluster computes first derivatives only");
        }
    }
}
