package org.gradgraph.diff;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/**
 * Whole Jacobians, a row for each element of the output and a column for each element of a node, both in row-major order.
 *
 * <p>Rows come from reverse mode and columns from forward mode; the way that needs fewer passes is taken.
 */
final class Jacobians {
    private Jacobians() {}

    static List<Node> of(Node output, List<Node> wrt) {
        int rows = elements(output);
        int columns = 0;
        for (Node node : wrt) {
            columns += elements(node);
        }
        return columns < rows ? byColumns(output, wrt) : byRows(output, wrt, rows);
    }

    private static int elements(Node node) {
        if (!node.shape().isFixed()) {
            throw new ShapeException(
                    "a Jacobian has a row or column for each element of " + node.describe() + ", made at "
                            + node.source() + ", whose number is not known yet",
                    "give it a shape of numbers, or take vjp, jvp or hvp, which need no such matrix");
        }
        return node.shape().elements().size();
    }

    private static List<Node> byRows(Node output, List<Node> wrt, int rows) {
        List<List<Node>> rowsOf = new ArrayList<>();
        wrt.forEach(node -> rowsOf.add(new ArrayList<>()));
        int width = output.shape().columns().size();
        for (int k = 0; k < rows; k++) {
            int i = k / width;
            int j = k % width;
            Node element = rows == 1 ? output : Layout.slice(output, i, i + 1, j, j + 1);
            List<Node> gradients = ReverseMode.vjp(List.of(element), List.of(Node.constant(1)), wrt);
            for (int w = 0; w < gradients.size(); w++) {
                Node gradient = gradients.get(w);
                rowsOf.get(w).add(Layout.reshape(gradient, 1, elements(gradient)));
            }
        }
        return rowsOf.stream().map(Jacobians::below).toList();
    }

    private static List<Node> byColumns(Node output, List<Node> wrt) {
        int rows = elements(output);
        List<Node> jacobians = new ArrayList<>();
        for (Node node : wrt) {
            List<Node> columns = new ArrayList<>();
            for (int k = 0; k < elements(node); k++) {
                Node tangent = Node.constant(basis(node.shape(), k));
                columns.add(Layout.reshape(Derivatives.jvp(output, node, tangent), rows, 1));
            }
            jacobians.add(beside(columns));
        }
        return jacobians;
    }

    private static double[][] basis(Shape shape, int k) {
        int width = shape.columns().size();
        double[][] basis = new double[shape.rows().size()][width];
        basis[k / width][k % width] = 1;
        return basis;
    }

    static Node below(List<Node> parts) {
        return parts.size() == 1 ? parts.get(0) : Layout.concatRows(parts.toArray(Node[]::new));
    }

    static Node beside(List<Node> parts) {
        return parts.size() == 1 ? parts.get(0) : Layout.concatColumns(parts.toArray(Node[]::new));
    }
}
