package org.gradgraph.precision;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apfloat.LossOfPrecisionException;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a node and its gradients with any number of digits.
 *
 * <pre>{@code
 * Node x = Node.parameter("x");
 * PreciseResult result = HighPrecision.of(x.exp()).digits(50).at(Feeds.of(x, 1));
 * result.value().decimal(0, 0);        // 2.7182818284590452353602874713526624977572470937000
 * result.gradient(x).decimal(0, 0);    // the same
 * }</pre>
 *
 * <p>Opaque kernels are computed in double arithmetic; {@link PreciseResult#computedInDouble} names them.
 */
@CheckReturnValue
public final class HighPrecision {
    private static final int MOST_DIGITS = 4000;

    private final Node output;
    private final List<Node> wrt;
    private final int digits;

    private HighPrecision(Node output, List<Node> wrt, int digits) {
        this.output = output;
        this.wrt = wrt;
        this.digits = digits;
    }

    /**
     * {@return evaluates a node with 50 digits and, if it is 1×1, its gradients for all parameters}
     *
     * @param output the node to compute
     */
    public static HighPrecision of(Node output) {
        Require.given(output, "HighPrecision.of: the node");
        List<Node> parameters = output.shape().isScalar() ? Graph.of(output).nodes(Node.Kind.PARAMETER) : List.of();
        return new HighPrecision(output, List.copyOf(parameters), 50);
    }

    /**
     * {@return the same with another number of decimal digits}
     *
     * @param count from 1 to 1000
     */
    public HighPrecision digits(int count) {
        if (count < 1 || count > 1000) {
            throw new IllegalArgumentException(count + " digits: give a number from 1 to 1000");
        }
        return new HighPrecision(output, wrt, count);
    }

    /**
     * {@return the same with gradients for these nodes}
     *
     * @param nodes the nodes
     */
    public HighPrecision withRespectTo(Node... nodes) {
        return new HighPrecision(output, List.of(nodes), digits);
    }

    /**
     * {@return evaluates with more and more digits until those asked for stay}
     *
     * @param feeds values for all inputs and parameters
     * @throws ArithmeticException if they do not stay
     */
    public PreciseResult at(Feeds feeds) {
        List<Node> roots = new ArrayList<>(List.of(output));
        if (!wrt.isEmpty()) {
            roots.addAll(Derivatives.gradient(output, wrt));
        }
        Map<Node, DMatrixRMaj> fed =
                Require.given(feeds, "HighPrecision.at: the feeds").asMap();
        Sizes sizes = sizes(fed);
        return result(roots, stable(roots, fed, sizes));
    }

    /**
     * {@return a comparison of the values that programs compute in double arithmetic with the exact ones, operation by operation}
     *
     * @param feeds values for all inputs and parameters
     * @throws ArithmeticException if the digits do not stay
     */
    public DigitsReport report(Feeds feeds) {
        Map<Node, DMatrixRMaj> fed =
                Require.given(feeds, "HighPrecision.report: the feeds").asMap();
        List<Node> nodes = Graph.of(output).nodes();
        Evaluator exact = stable(nodes, fed, sizes(fed));
        Run run = Program.of(nodes).newRun().set(feeds).forward();
        List<DigitsReport.Entry> entries = new ArrayList<>();
        Map<Node, Digits> digitsOf = new HashMap<>();
        for (Node node : nodes) {
            Digits found = Digits.of(run.value(node), exact.value(node));
            digitsOf.put(node, found);
            entries.add(DigitLoss.entry(node, found, digitsOf, run));
        }
        return new DigitsReport(entries, List.copyOf(exact.inDouble()));
    }

    private Evaluator stable(List<Node> roots, Map<Node, DMatrixRMaj> fed, Sizes sizes) {
        Evaluator before = null;
        for (int working = digits + 20; working <= MOST_DIGITS; working *= 2) {
            Evaluator now = evaluated(roots, fed, sizes, working);
            if (before != null && now != null && agree(roots, before, now)) {
                return now;
            }
            before = now;
        }
        throw new ArithmeticException("the first " + digits + " digits are still not stable with " + MOST_DIGITS);
    }

    /** Null if so few digits leave none in some function. */
    private static @Nullable Evaluator evaluated(
            List<Node> roots, Map<Node, DMatrixRMaj> fed, Sizes sizes, int digits) {
        Evaluator evaluator = new Evaluator(fed, sizes, digits);
        try {
            evaluator.evaluate(roots);
        } catch (LossOfPrecisionException tooFew) {
            return null;
        }
        return evaluator;
    }

    private boolean agree(List<Node> roots, Evaluator before, Evaluator now) {
        for (Node root : roots) {
            Real[] a = before.value(root);
            Real[] b = now.value(root);
            for (int i = 0; i < a.length; i++) {
                if (!b[i].agrees(a[i], digits + 1)
                        || (a[i].isFinite() && a[i].number().precision() < digits)) {
                    return false;
                }
            }
        }
        return true;
    }

    private PreciseResult result(List<Node> roots, Evaluator evaluator) {
        Map<Node, PreciseMatrix> gradients = new HashMap<>();
        for (int i = 0; i < wrt.size(); i++) {
            gradients.put(wrt.get(i), matrix(roots.get(i + 1), evaluator));
        }
        return new PreciseResult(matrix(output, evaluator), gradients, evaluator.inDouble());
    }

    private PreciseMatrix matrix(Node node, Evaluator evaluator) {
        return new PreciseMatrix(evaluator.shape(node), evaluator.value(node), digits);
    }

    private static Sizes sizes(Map<Node, DMatrixRMaj> fed) {
        Map<String, Integer> bySymbol = new HashMap<>();
        int before;
        do {
            before = bySymbol.size();
            fed.forEach((node, matrix) -> {
                bind(node.shape().rows(), matrix.numRows, bySymbol);
                bind(node.shape().columns(), matrix.numCols, bySymbol);
            });
        } while (bySymbol.size() > before); // m·n is known once m is
        Sizes sizes = Sizes.of(bySymbol);
        fed.forEach((node, matrix) -> {
            if (node.shape().rows().size(sizes) != matrix.numRows
                    || node.shape().columns().size(sizes) != matrix.numCols) {
                throw new IllegalArgumentException(node + " has the shape " + node.shape() + ", but is fed "
                        + matrix.numRows + "×" + matrix.numCols);
            }
        });
        return sizes;
    }

    private static void bind(Dim dim, int size, Map<String, Integer> bySymbol) {
        List<String> unknown = dim.symbols().stream()
                .filter(symbol -> !bySymbol.containsKey(symbol))
                .toList();
        if (unknown.size() == 1) {
            String symbol = unknown.get(0);
            dim.solve(symbol, Sizes.of(bySymbol), size).ifPresent(found -> bySymbol.put(symbol, found));
        }
    }
}
