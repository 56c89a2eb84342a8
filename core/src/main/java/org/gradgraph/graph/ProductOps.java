package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Products over rows, columns, or everything, with derivatives that never divide.
 *
 * <pre>{@code
 * if (node.op().orElse(null) instanceof ProductOps.Scan scan && scan.seed() == 1) { ... }
 * }</pre>
 */
public final class ProductOps {
    private ProductOps() {}

    /**
     * The product; its derivative is the product of the others, exact at zeros too.
     *
     * @param over what is multiplied
     */
    record Product(Over over) implements Reduction {
        Product {
            Require.given(over, "product: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("product");
        }

        @Override
        public Fold fold() {
            return Fold.PRODUCT;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node zeros = Constants.zeros(x.shape());
            Node before = Node.apply(new Scan(over, false, 1), x, zeros);
            Node after = Node.apply(new Scan(over, true, 1), x, zeros);
            return List.of(dy.broadcastTo(x.shape()).times(before.times(after)));
        }
    }

    /**
     * The recurrence {@code y₀ = seed, yᵢ = xᵢ₋₁·yᵢ₋₁ + bᵢ₋₁} along each lane; its own adjoint, run the other way.
     *
     * <p>From a seed of 0, what it carries are cotangents: they stay 0 until one comes in.
     *
     * @param over along what it runs
     * @param backward whether it runs from the last element to the first
     * @param seed where it starts
     */
    public record Scan(Over over, boolean backward, double seed) implements Kernel {
        /**
         * Refuses null.
         *
         * @param over along what it runs
         * @param backward whether it runs from the last element to the first
         * @param seed where it starts
         */
        public Scan {
            Require.given(over, "scan: along what it runs");
        }

        @Override
        public String name() {
            return over.prefixed(backward ? "scanBack" : "scan");
        }

        @Override
        public String label() {
            return name() + "(" + Labels.number(seed) + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] x = inputs.get(0).data;
            double[] b = inputs.get(1).data;
            Lanes lanes = Lanes.of(inputs.get(0), over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                int step = backward ? -lanes.stride() : lanes.stride();
                int i = backward ? lanes.end(lane) - lanes.stride() : lanes.start(lane);
                double y = seed;
                for (int k = 0; k < lanes.length(); k++) {
                    out.data[i] = y;
                    y = (y == 0 && seed == 0 ? 0 : x[i] * y) + b[i];
                    i += step;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node db = Node.apply(new Scan(over, !backward, 0), inputs.get(0), dy);
            return List.of(seed == 0 ? CotangentOps.both(db, y) : db.times(y), db);
        }
    }
}
