package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.Rule.Effect.SAME_VALUE;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.DiagonalOps;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Layout.Transpose;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.SymmetricOps;
import org.jspecify.annotations.Nullable;

/** A function of a symmetric matrix that is composed of its eigenvalues and eigenvectors. */
final class SpectralRules {
    /** How many steps lead from a product to the eigenvectors, at most. */
    private static final int MOST_FACTORS = 8;

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(saying(
                    SAME_VALUE, "function of a symmetric matrix", "E·diag(f(λ))·Eᵀ", "symmetricFunction(A, f)")
            .when("E are the eigenvectors of A; the weights may be on either side or on both, as a diagonal matrix or"
                    + " multiplied elementwise")
            .ieee(
                    "the same products are added, several weights on one side multiplied first; where eigenvalues coincide,"
                            + " the derivative is right instead of NaN")
            .at(MatMul.class, SpectralRules::function));

    private SpectralRules() {}

    private static @Nullable Node function(Match match) {
        MatMul product = match.op(MatMul.class);
        Side left = new Side(match, match.input(0), product.transposeA());
        Side right = new Side(match, match.input(1), !product.transposeB());
        Node a = left.matrix();
        if (a == null || !a.equals(right.matrix())) {
            return null;
        }
        boolean turns = left.weights == null && right.weights != null;
        Node result = SymmetricOps.function(a, (turns ? right : left).weights(), (turns ? left : right).weights())
                .orElse(null);
        if (result == null || !looksThrough(match, left, result) || !looksThrough(match, right, result)) {
            return null;
        }
        return turns ? result.transpose() : result;
    }

    /** Marks what the weights are made of, down to the operands of the result; false if something must stay. */
    private static boolean looksThrough(Match match, Side side, Node result) {
        Set<Node> seen = new HashSet<>(result.inputs());
        Deque<Node> waiting = new ArrayDeque<>(List.of(side.weights()));
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            if (seen.add(node)) {
                if (match.rewriter().isWhole(node)) {
                    return false;
                }
                match.operands(node).forEach(waiting::push);
            }
        }
        return true;
    }

    /** One factor of the product: eigenvectors, each times a weight, or the transpose of that. */
    private static final class Side {
        private final Match match;
        private Node node;

        /** Whether the node is the transpose of eigenvectors times weights. */
        private boolean isTransposed;

        private @Nullable Node weights;

        Side(Match match, Node node, boolean isTransposed) {
            this.match = match;
            this.node = node;
            this.isTransposed = isTransposed;
        }

        Node weights() {
            return weights == null ? Node.constant(1) : weights;
        }

        /** The matrix whose eigenvectors they are; null if they are something else. */
        @Nullable
        Node matrix() {
            for (int k = 0; k < MOST_FACTORS; k++) {
                if (match.is(node, SymmetricOps.EIGENVECTORS)) {
                    return isTransposed ? null : match.operands(node).get(0);
                }
                if (!goIn()) {
                    return null;
                }
            }
            return null;
        }

        private boolean goIn() {
            Op op = match.rewriter().isWhole(node) ? null : node.op().orElse(null);
            List<Node> in = node.inputs();
            if (op instanceof Transpose) {
                return step(in.get(0), true, null);
            }
            if (op instanceof Scale scale) {
                return step(in.get(0), false, Node.constant(scale.factor()));
            }
            if (op == Arithmetic.NEGATE) {
                return step(in.get(0), false, Node.constant(-1));
            }
            if (op == Arithmetic.MULTIPLY) {
                Node second = repeated(in.get(1));
                return second != null ? step(in.get(0), false, second) : step(in.get(1), false, repeated(in.get(0)));
            }
            if (op == Arithmetic.DIVIDE) {
                Node divisor = repeated(in.get(1));
                return divisor != null && step(in.get(0), false, Arithmetic.reciprocal(divisor));
            }
            return op instanceof MatMul product && diagonal(product, in);
        }

        private boolean diagonal(MatMul product, List<Node> in) {
            int place = isTransposed ? 0 : 1;
            Node column = match.inside(in.get(place), DiagonalOps.DIAGONAL_MATRIX);
            boolean turns = isTransposed ? product.transposeB() : product.transposeA();
            return column != null && step(in.get(1 - place), turns, column);
        }

        private @Nullable Node repeated(Node factor) {
            if (match.op(factor, Broadcast.class) == null) {
                return null;
            }
            Node inner = factor.inputs().get(0);
            Shape shape = inner.shape();
            boolean isFor =
                    isTransposed ? shape.columns().isOne() : shape.rows().isOne();
            return isFor ? match.operands(factor).get(0) : null;
        }

        private boolean step(Node inner, boolean turns, @Nullable Node factor) {
            if (factor == null && !turns) {
                return false;
            }
            match.operands(node);
            node = inner;
            isTransposed ^= turns;
            if (factor != null) {
                Node column = factor.shape().columns().isOne() ? factor : factor.transpose();
                weights = weights == null ? column : weights.times(column);
            }
            return true;
        }
    }
}
