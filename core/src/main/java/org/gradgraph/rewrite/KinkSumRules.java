package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.LOG_SIGMOID;
import static org.gradgraph.graph.Activations.RELU;
import static org.gradgraph.graph.Activations.SOFTPLUS;
import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.ChoiceOps.MAXIMUM;
import static org.gradgraph.graph.ChoiceOps.MINIMUM;
import static org.gradgraph.graph.Elementary.ABS;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.ChoiceOps.Clip;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.jspecify.annotations.Nullable;

/** Sums whose kinks cancel: each term has a slope that jumps, the sum has none. */
final class KinkSumRules {
    /** How many nodes are looked at: a rule looks at a bounded part of the graph. */
    private static final int MOST_NODES = 48;

    private static final String KINKS =
            "the same values; at 0 the derivative is that of the smooth sum, where the terms add up to something else";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            rule("sum of kinks").at(ADD, KinkSumRules::smooth),
            rule("sum of kinks, as a difference").at(SUBTRACT, KinkSumRules::smooth));

    private static Rule rule(String name) {
        return saying(
                        BETTER_ROUNDING,
                        name,
                        "relu(z) − y·z + log1p(exp(−|z|)), relu(z) − relu(−z)",
                        "bceWithLogits(z, y), z")
                .when("the kinks of relu(z), relu(−z), |z|, max(z, 0), min(z, 0) and log1p(exp(−|z|)) cancel; the terms"
                        + " may have factors, any order, and others between them")
                .ieee(KINKS);
    }

    private KinkSumRules() {}

    /** A term: a number times a node. */
    private static final class Term {
        final Node node;
        final double factor;

        Term(Node node, double factor) {
            this.node = node;
            this.factor = factor;
        }
    }

    private static @Nullable Node smooth(Match match) {
        List<Term> parts = terms(match, Set.of());
        Set<Node> arguments = new LinkedHashSet<>();
        for (Term part : parts) {
            Kink kink = Kink.of(match, part.node);
            if (kink != null) {
                arguments.add(kink.of);
            }
        }
        for (Node z : arguments) {
            Node result = smooth(match, z, terms(match, Set.of(z)));
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    /** The terms of a sum, which is not taken apart below some nodes; one term for the root if there are too many. */
    private static List<Term> terms(Match match, Set<Node> whole) {
        List<Term> terms = new ArrayList<>();
        Deque<Term> waiting = new ArrayDeque<>();
        waiting.push(new Term(match.node(), 1));
        for (int count = 0; !waiting.isEmpty(); count++) {
            Term next = waiting.pop();
            Node node = next.node;
            boolean isRoot = node.equals(match.node());
            Op op = node.op().orElse(null);
            if (count >= MOST_NODES
                    || whole.contains(node)
                    || (!isRoot && match.rewriter().isWhole(node))) {
                terms.add(next);
            } else if (op == ADD || op == SUBTRACT) {
                List<Node> both = isRoot ? node.inputs() : match.operands(node);
                waiting.push(new Term(both.get(1), op == ADD ? next.factor : -next.factor));
                waiting.push(new Term(both.get(0), next.factor));
            } else if (op == NEGATE) {
                waiting.push(new Term(match.operands(node).get(0), -next.factor));
            } else if (op instanceof Scale scale && Kink.mayBeIn(node.inputs().get(0), whole)) {
                waiting.push(new Term(match.operands(node).get(0), next.factor * scale.factor()));
            } else {
                terms.add(next);
            }
        }
        return terms;
    }

    /** What a term is made of: {@code ofRelu·relu(z) + linear·z + ofLog·log1p(exp(−|z|))}. */
    private static final class Kink {
        final Node of;
        final double ofRelu;
        final double linear;
        final double ofLog;

        private Kink(Node of, double ofRelu, double linear, double ofLog) {
            this.of = of;
            this.ofRelu = ofRelu;
            this.linear = linear;
            this.ofLog = ofLog;
        }

        static boolean mayBeIn(Node node, Set<Node> whole) {
            Op op = node.op().orElse(null);
            return whole.contains(node)
                    || op == ADD
                    || op == SUBTRACT
                    || op == NEGATE
                    || op == RELU
                    || op == ABS
                    || op == MAXIMUM
                    || op == MINIMUM
                    || op == SOFTPLUS
                    || op == LOG_SIGMOID
                    || op == MULTIPLY
                    || op instanceof Clip;
        }

        static @Nullable Kink of(Match match, Node node) {
            Node rectified = match.inside(node, RELU);
            Clip clip = match.op(node, Clip.class);
            if (clip != null && clip.low() == 0 && clip.high() == Double.POSITIVE_INFINITY) {
                rectified = match.operands(node).get(0);
            }
            if (rectified == null) {
                rectified = besideZero(match, node, MAXIMUM);
            }
            if (rectified != null) {
                return signed(match, rectified, 1, 0);
            }
            Node lowered = besideZero(match, node, MINIMUM);
            if (lowered != null) {
                Kink kink = signed(match, lowered, -1, 0);
                double sign = kink.of.equals(lowered) ? 1 : -1;
                return new Kink(kink.of, kink.ofRelu, kink.linear + sign, 0);
            }
            Node size = match.inside(node, ABS);
            if (size != null) {
                Node z = without(match, size);
                return new Kink(z, 2, -1, 0);
            }
            Node inLog = match.inside(match.inside(match.inside(node, SOFTPLUS), NEGATE), ABS);
            if (inLog != null) {
                return new Kink(without(match, inLog), 0, 0, 1);
            }
            Node smoothed = match.inside(node, SOFTPLUS);
            if (smoothed != null) {
                Kink kink = signed(match, smoothed, 1, 0);
                return new Kink(kink.of, kink.ofRelu, kink.linear, 1);
            }
            Node inSigmoid = match.inside(match.inside(node, LOG_SIGMOID), ABS);
            return inSigmoid == null ? null : new Kink(without(match, inSigmoid), 0, 0, -1);
        }

        /** {@code factor·relu(x)}, in terms of x without its sign: relu(−z) = relu(z) − z. */
        private static Kink signed(Match match, Node x, double factor, double linear) {
            Node z = without(match, x);
            return new Kink(z, factor, z.equals(x) ? linear : linear - factor, 0);
        }

        private static Node without(Match match, Node x) {
            Node opposite = match.inside(x, NEGATE);
            return opposite == null ? x : opposite;
        }

        private static @Nullable Node besideZero(Match match, Node node, Op op) {
            if (!match.is(node, op)) {
                return null;
            }
            List<Node> both = match.operands(node);
            for (int i = 0; i < 2; i++) {
                OptionalDouble number = match.number(both.get(i));
                if (number.isPresent() && number.getAsDouble() == 0) {
                    return both.get(1 - i);
                }
            }
            return null;
        }
    }

    private static @Nullable Node smooth(Match match, Node z, List<Term> terms) {
        double ofRelu = 0;
        double linear = 0;
        double ofLog = 0;
        int kinks = 0;
        int others = 0;
        List<Term> rest = new ArrayList<>();
        for (Term term : terms) {
            Kink kink = Kink.of(match, term.node);
            if (term.node.equals(z)) {
                linear += term.factor;
                others++;
            } else if (kink != null && kink.of.equals(z)) {
                kinks++;
                ofRelu += term.factor * kink.ofRelu;
                linear += term.factor * kink.linear;
                ofLog += term.factor * kink.ofLog;
            } else {
                rest.add(term);
            }
        }
        double label = -linear / ofLog;
        Term product = labelled(match, z, -ofLog, rest);
        boolean isShorter = kinks > 1 || (others > 0 && label >= 0 && label <= 1) || (linear == 0 && product != null);
        if (ofRelu != ofLog || (ofLog == 0 && linear == 0) || kinks == 0 || !isShorter) {
            return null;
        }
        Node result;
        if (ofLog == 0) {
            result = times(z, linear);
        } else if (linear == 0) {
            result = product == null
                    ? Activations.softplus(z)
                    : Node.apply(Losses.BCE_WITH_LOGITS, z, other(product.node, z));
            result = times(result, ofLog);
            rest.remove(product);
        } else if (label == 1) {
            result = times(Activations.softplus(z.negate()), ofLog);
        } else if (label > 0 && label < 1) {
            Node labels = ConstantRules.filled(label, match.shape());
            result = times(Node.apply(Losses.BCE_WITH_LOGITS, z, labels), ofLog);
        } else {
            result = times(Activations.softplus(z), ofLog).plus(times(z, linear));
        }
        for (Term term : rest) {
            result = result.plus(times(term.node, term.factor));
        }
        return result;
    }

    /** A product of z and something else with this factor. */
    private static @Nullable Term labelled(Match match, Node z, double factor, List<Term> rest) {
        return rest.stream()
                .filter(term -> term.factor == factor
                        && match.is(term.node, MULTIPLY)
                        && term.node.inputs().contains(z))
                .findFirst()
                .orElse(null);
    }

    private static Node other(Node product, Node z) {
        List<Node> both = product.inputs();
        return both.get(both.get(0).equals(z) ? 1 : 0);
    }

    private static Node times(Node node, double factor) {
        return factor == 1 ? node : factor == -1 ? node.negate() : node.times(factor);
    }
}
