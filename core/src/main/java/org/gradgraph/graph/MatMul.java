package org.gradgraph.graph;

import java.util.List;

/**
 * The matrix product; either operand may be taken as its transpose, which is never materialised.
 *
 * <p>Closed under its own vjp: the gradients of a product are two products.
 *
 * <pre>{@code
 * boolean isProduct = node.op().orElse(null) instanceof MatMul;
 * }</pre>
 *
 * @param transposeA whether the left operand is transposed
 * @param transposeB whether the right operand is transposed
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public String label() {
        return transposeA || transposeB
                ? "matmul(" + (transposeA ? "aᵀ" : "a") + ", " + (transposeB ? "bᵀ" : "b") + ")"
                : "matmul";
    }

    @Override
    public String symbol() {
        return transposeA || transposeB ? (transposeA ? "aᵀ" : "a") + "·" + (transposeB ? "bᵀ" : "b") : "·";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Operands.require(2, inputs);
        Shape a = transposeA ? inputs.get(0).transposed() : inputs.get(0);
        Shape b = transposeB ? inputs.get(1).transposed() : inputs.get(1);
        if (!a.columns().equals(b.rows())) {
            throw new ShapeException(
                    "the inner sides differ: " + a + " has " + count(a.columns(), "column") + ", " + b + " has "
                            + count(b.rows(), "row"),
                    hint(a, b));
        }
        return Shape.of(a.rows(), b.columns());
    }

    private static String count(Dim dim, String side) {
        return dim + " " + side + (dim.isOne() ? "" : "s");
    }

    private String hint(Shape a, Shape b) {
        if (a.equals(b)) {
            return "transpose one operand, or write a.times(b) for the elementwise product";
        }
        if (a.rows().equals(b.rows())) {
            return transposeA || transposeB
                    ? "change transposeA"
                    : "transpose the left operand, a.transpose().matmul(b)";
        }
        if (a.columns().equals(b.columns())) {
            return transposeA || transposeB
                    ? "change transposeB"
                    : "transpose the right operand, a.matmul(b.transpose())";
        }
        return "the columns of the left operand must be as many as the rows of the right one";
    }

    @Override
    public Notation notation() {
        return new Notation.MatrixProduct(transposeA, transposeB);
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        Node a = inputs.get(0);
        Node b = inputs.get(1);
        Node da = transposeA
                ? LinearAlgebra.matmul(b, dy, transposeB, true)
                : LinearAlgebra.matmul(dy, b, false, !transposeB);
        Node db = transposeB
                ? LinearAlgebra.matmul(dy, a, true, transposeA)
                : LinearAlgebra.matmul(a, dy, !transposeA, false);
        return List.of(da, db);
    }
}
