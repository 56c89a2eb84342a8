package org.gradgraph.check;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** How a check is done. A copy is changed while a check is configured, never afterwards. */
final class CheckSettings {
    /** No nodes means all parameters. */
    List<Node> wrt = List.of();

    List<Feeds> points = List.of(Feeds.none());
    int order = 1;
    long seed = 1;
    int everyEntryUpTo = 256;
    int directions = 2;

    /** A tolerance relative to the derivative, or NaN for the derived one. */
    double relative = Double.NaN;

    /** A tolerance, or NaN for the derived one. */
    double absolute = Double.NaN;

    Differentiation differentiation = new Differentiation.OfPrograms();
    GradientCheck.ProgressListener listener = (what, done, total) -> {};

    CheckSettings copy() {
        CheckSettings copy = new CheckSettings();
        copy.wrt = wrt;
        copy.points = points;
        copy.order = order;
        copy.seed = seed;
        copy.everyEntryUpTo = everyEntryUpTo;
        copy.directions = directions;
        copy.relative = relative;
        copy.absolute = absolute;
        copy.differentiation = differentiation;
        copy.listener = listener;
        return copy;
    }

    /** For single operations: a tolerance that the user gives is for the whole cost only. */
    CheckSettings withDerivedTolerance() {
        CheckSettings copy = copy();
        copy.relative = Double.NaN;
        copy.absolute = Double.NaN;
        return copy;
    }

    boolean hasDerivedTolerance() {
        return Double.isNaN(relative) && Double.isNaN(absolute);
    }

    /** How far the derivative may be from the estimate: as the user says, or by the error of the differences. */
    double tolerance(DerivativeEstimate estimate, double analytic) {
        if (hasDerivedTolerance()) {
            return estimate.error();
        }
        return chosenTolerance(Math.max(Math.abs(analytic), Math.abs(estimate.value())));
    }

    /** The tolerance that the user chose, for a derivative of this size. */
    double chosenTolerance(double size) {
        return (Double.isNaN(absolute) ? 0 : absolute) + (Double.isNaN(relative) ? 0 : relative * size);
    }

    /** What is checked; tests put faulty ones here. */
    @FunctionalInterface
    interface Differentiation {
        /** The gradient of a 1×1 node with respect to several nodes. */
        List<Node> gradient(Node output, List<Node> wrt);

        /**
         * The gradient with respect to one node that is compared with differences.
         *
         * @param node the node
         * @param run a run of the output with its gradients, after both passes
         * @param composed the value of the gradient's graph, without rewriting
         */
        default DMatrixRMaj value(Node node, Run run, DMatrixRMaj composed) {
            return composed;
        }

        /** Reverse mode, and the gradients that a program gives to its user: rewritten and fused. */
        record OfPrograms() implements Differentiation {
            @Override
            public List<Node> gradient(Node output, List<Node> wrt) {
                return Derivatives.gradient(output, wrt);
            }

            @Override
            public DMatrixRMaj value(Node node, Run run, DMatrixRMaj composed) {
                return run.gradient(node);
            }
        }
    }
}
