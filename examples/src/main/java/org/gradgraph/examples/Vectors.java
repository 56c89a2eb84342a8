package org.gradgraph.examples;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import picocli.CommandLine.Command;

/** Columns and rows in place of rank-1 arrays: a·aᵀ, aᵀ·a, asserting a shape, reshaping. */
@Command(
        name = "vectors",
        description = "A vector is a column (5,1) or a row (1,5), never something between, so a·aᵀ means what it says.")
@Question("NumPy's np.random.randn(5) has the shape (5,). What do its transpose and its product with it give there?")
final class Vectors extends Lesson {
    @Override
    protected void teach() {
        // tag::java[]
        Node a = Values.column(1, 2, 3, 4, 5).named("a");
        Node outer = a.matmul(a.transpose());
        Node inner = a.transpose().matmul(a);
        // end::java[]
        shape("a", a, "5×1");
        shape("aᵀ", a.transpose(), "1×5");
        shape("a·aᵀ", outer, "5×5");
        shape("aᵀ·a", inner, "1×1");
        show("a·aᵀ", Values.of(outer), 0);
        show("aᵀ·a", Values.of(inner), 0);
        figures.check("aᵀ·a", 1 + 4 + 9 + 16 + 25, Values.of(inner).get(0), 0);
        DMatrixRMaj table = Values.of(outer);
        for (int i = 0; i < 25; i++) {
            figures.check("a·aᵀ", (i / 5 + 1) * (i % 5 + 1), table.get(i), 0);
        }
        matrixTimesVector();
        asserted(a);
    }

    private void shape(String name, Node node, String expected) {
        out().println("shape of " + name + ": " + node.shape());
        figures.holds("shapes", node.shape().toString().equals(expected));
    }

    /** u = A·v as the course first writes it, two loops, and as one product. */
    private void matrixTimesVector() {
        double[][] table = {{1, 2, 3}, {4, 5, 6}};
        double[] v = {1, 0, -1};
        double[][] byLoop = new double[2][1];
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 3; k++) {
                byLoop[i][0] += table[i][k] * v[k];
            }
        }
        // tag::java[]
        Node u = Node.constant(table).matmul(Values.column(v));
        // end::java[]
        out().println();
        show("A·v with A = [1 2 3; 4 5 6] and v = [1 0 −1]ᵀ: one product in place of two loops", Values.of(u), 0);
        figures.check("A·v by loop and by product", byLoop, Values.of(u), 0);
        figures.check("A·v", new double[][] {{-2}, {-2}}, Values.of(u), 0);
    }

    /** The shape of an expression is known before anything is computed, so asserting it costs nothing. */
    private void asserted(Node a) {
        // tag::java[]
        Node row = a.reshape(1, 5);
        if (!row.shape().equals(Shape.of(1, 5))) {
            throw new AssertionError("a row of five is expected, not " + row.shape());
        }
        // end::java[]
        out().println();
        out().println("asserted: a.reshape(1, 5) is " + row.shape());
        figures.check("reshape", new double[][] {{1, 2, 3, 4, 5}}, Values.of(row), 0);
        boolean isRefused = false;
        try {
            out().println(a.matmul(a));
        } catch (ShapeException error) {
            isRefused = true;
            out().println("a·a, a column times a column:");
            String.valueOf(error.getMessage()).lines().forEach(line -> out().println("  " + line));
        }
        figures.holds("a column times a column is refused", isRefused);
    }
}
