package org.gradgraph.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;

/** One factor of a chain of matrix products. */
final class MatrixFactor {
    private static final int LONGEST = 16;

    private final Node node;
    private final boolean isTransposed;

    /**
     * A factor.
     *
     * @param node the matrix
     * @param isTransposed whether its transpose is the factor
     */
    MatrixFactor(Node node, boolean isTransposed) {
        this.node = node;
        this.isTransposed = isTransposed;
    }

    Node node() {
        return node;
    }

    boolean isTransposed() {
        return isTransposed;
    }

    /** The factors of a product of products from left to right; a very long chain has products as factors. */
    static List<MatrixFactor> chain(Match match, Node root) {
        List<MatrixFactor> chain = new ArrayList<>();
        Deque<MatrixFactor> waiting = new ArrayDeque<>();
        waiting.push(new MatrixFactor(root, false));
        while (!waiting.isEmpty()) {
            MatrixFactor next = waiting.pop();
            MatMul product = match.op(next.node, MatMul.class);
            if (product == null || chain.size() + waiting.size() >= LONGEST) {
                chain.add(next);
                continue;
            }
            List<Node> operands = match.operands(next.node);
            MatrixFactor a = new MatrixFactor(operands.get(0), product.transposeA() ^ next.isTransposed);
            MatrixFactor b = new MatrixFactor(operands.get(1), product.transposeB() ^ next.isTransposed);
            waiting.push(next.isTransposed ? a : b);
            waiting.push(next.isTransposed ? b : a);
        }
        return chain;
    }

    static MatrixFactor product(List<MatrixFactor> chain) {
        MatrixFactor result = chain.get(0);
        for (MatrixFactor factor : chain.subList(1, chain.size())) {
            result = result.times(factor);
        }
        return result;
    }

    MatrixFactor times(MatrixFactor other) {
        return new MatrixFactor(LinearAlgebra.matmul(node, other.node, isTransposed, other.isTransposed), false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MatrixFactor that && node.equals(that.node) && isTransposed == that.isTransposed;
    }

    @Override
    public int hashCode() {
        return 2 * node.hashCode() + (isTransposed ? 1 : 0);
    }
}
