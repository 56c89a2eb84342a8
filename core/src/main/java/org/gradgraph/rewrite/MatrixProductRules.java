package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.Rule.Effect.SAME_VALUE;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import org.gradgraph.graph.Layout.Transpose;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;

/** Rules for matrix products: a transpose next to a product is part of the product. */
final class MatrixProductRules {
    private static final String SAME_PRODUCTS = "the same products are added; only the sign of a zero may differ";

    /** In the order in which they are tried. */
    static final List<Rule> ALL =
            List.of(saying(SAME_VALUE, "product of a transpose", "aᵀ·b, a·bᵀ", "matmul(aᵀ, b), matmul(a, bᵀ)")
                    .ieee(SAME_PRODUCTS)
                    .at(MatMul.class, match -> {
                        MatMul product = match.op(MatMul.class);
                        Node a = match.inside(match.input(0), Transpose.class);
                        Node b = match.inside(match.input(1), Transpose.class);
                        return a == null && b == null
                                ? null
                                : LinearAlgebra.matmul(
                                        a == null ? match.input(0) : a,
                                        b == null ? match.input(1) : b,
                                        product.transposeA() ^ (a != null),
                                        product.transposeB() ^ (b != null));
                    }));

    private MatrixProductRules() {}
}
