package org.gradgraph.optim.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Products with Hessian and Jacobian: programs with a direction as an input, compiled when they are first needed.
 *
 * <p>A Jacobian is made of such products, so its graph does not grow with the number of residuals.
 *
 * <pre>{@code
 * double[] product = new CurvatureEvaluation(cost, residuals, fixed, layout, execution).hessianVector(x, vector);
 * }</pre>
 */
public final class CurvatureEvaluation {
    private final Node cost;
    private final List<Node> residuals;
    private final Feeds fixed;
    private final Flattening layout;
    private final Execution execution;
    private final List<Node> directions = new ArrayList<>();
    private @Nullable Product hessian;
    private @Nullable Product forward;
    private @Nullable Product backward;
    private @Nullable Run plain;
    private double @Nullable [] point;
    private long count;

    /** A run whose outputs are linear in some of its inputs. */
    private record Product(Run run, Outputs outputs) {}

    /** Nodes, kept out of the record. */
    private interface Outputs {
        Node at(int place);
    }

    public CurvatureEvaluation(Node cost, List<Node> residuals, Feeds fixed, Flattening layout, Execution execution) {
        this.cost = cost;
        this.residuals = residuals;
        this.fixed = fixed;
        this.layout = layout;
        this.execution = execution;
        layout.parameters()
                .forEach(node -> directions.add(Node.input("direction of " + node.describe(), node.shape())));
    }

    public double[] hessianVector(double[] x, double[] vector) {
        if (hessian == null) {
            hessian = product(Derivatives.hvp(cost, layout.parameters(), directions));
        }
        Product product = hessian;
        layout.feed(product.run()::set, x, layout.parameters());
        feedDirections(product.run(), vector);
        product.run().forward();
        double[] result = new double[layout.size()];
        layout.read((place, out) -> product.run().value(product.outputs().at(place), out), result);
        return result;
    }

    /** A direction that the product does not depend on is not read by its program. */
    private void feedDirections(Run run, double[] vector) {
        int at = 0;
        Feeds feeds = Feeds.none();
        for (int i = 0; i < directions.size(); i++) {
            DMatrixRMaj matrix = run.value(layout.parameters().get(i)).createLike();
            System.arraycopy(vector, at, matrix.data, 0, matrix.getNumElements());
            at += matrix.getNumElements();
            feeds = feeds.and(directions.get(i), matrix);
        }
        run.set(feeds.readBy(run.program()));
    }

    private Product product(List<Node> outputs) {
        List<Node> all = new ArrayList<>(outputs);
        all.addAll(layout.parameters());
        Program program = Program.of(all);
        return new Product(program.newRun(execution).set(fixed.readBy(program)), outputs::get);
    }

    /** At how many points the residuals were computed. */
    public long count() {
        return count;
    }

    public double[] residuals(double[] x) {
        Node node = residualNode("residuals");
        if (plain == null) {
            List<Node> all = new ArrayList<>(List.of(node));
            all.addAll(layout.parameters());
            Program program = Program.of(all);
            plain = program.newRun(execution).set(fixed.readBy(program));
        }
        if (point == null || !Arrays.equals(point, x)) {
            point = null;
            layout.feed(plain::set, x, layout.parameters());
            plain.forward();
            count++;
            point = x.clone();
        }
        DMatrixRMaj value = plain.value(node);
        return Arrays.copyOf(value.data, value.getNumElements());
    }

    private Node residualNode(String method) {
        if (residuals.isEmpty()) {
            throw new IllegalStateException("Objective." + method + ": the objective " + cost.describe()
                    + " has no residuals; make it with Objective.ofResiduals(…)");
        }
        return residuals.get(0);
    }

    public double[][] jacobian(double[] x) {
        int rows = residuals(x).length;
        return layout.size() <= rows ? byColumns(x, rows) : byRows(x, rows);
    }

    private double[][] byColumns(double[] x, int rows) {
        if (forward == null) {
            forward = product(List.of(Derivatives.jvp(residualNode("jacobian"), layout.parameters(), directions)));
        }
        Product product = forward;
        layout.feed(product.run()::set, x, layout.parameters());
        double[][] jacobian = new double[rows][layout.size()];
        double[] direction = new double[layout.size()];
        DMatrixRMaj column = new DMatrixRMaj(1, 1);
        for (int k = 0; k < direction.length; k++) {
            direction[k] = 1;
            feedDirections(product.run(), direction);
            direction[k] = 0;
            product.run().forward().value(product.outputs().at(0), column);
            for (int i = 0; i < rows; i++) {
                jacobian[i][k] = column.data[i];
            }
        }
        return jacobian;
    }

    private double[][] byRows(double[] x, int rows) {
        Node node = residualNode("jacobian");
        if (backward == null) {
            Node cotangent = Node.input("cotangent of " + node.describe(), node.shape());
            List<Node> outputs = new ArrayList<>(Derivatives.vjp(node, cotangent, layout.parameters()));
            outputs.add(cotangent);
            backward = product(outputs);
        }
        Product product = backward;
        layout.feed(product.run()::set, x, layout.parameters());
        if (plain == null) {
            throw new IllegalStateException("the residuals come first");
        }
        DMatrixRMaj direction = plain.value(node).createLike();
        direction.zero();
        double[][] jacobian = new double[rows][layout.size()];
        for (int i = 0; i < rows; i++) {
            direction.data[i] = 1;
            product.run().set(product.outputs().at(layout.parameters().size()), direction);
            direction.data[i] = 0;
            product.run().forward();
            layout.read((place, out) -> product.run().value(product.outputs().at(place), out), jacobian[i]);
        }
        return jacobian;
    }
}
