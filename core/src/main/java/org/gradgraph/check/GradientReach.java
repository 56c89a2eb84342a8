package org.gradgraph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Op.GradientFlow;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.SourceLine;

/**
 * Says of each parameter whether the gradient of a cost reaches it; known from the graph alone, before anything runs.
 *
 * <pre>{@code
 * System.out.println(GradientReach.of(cost, w, b, unused));
 * // "w" 30×1: reached
 * // "b" 1×1: stopped by stopGradient 1×1, made at Model.java:12
 * // "unused" 1×1: not reached; the cost does not depend on it
 * }</pre>
 *
 * @param parameters what was found, in the order asked for
 */
public record GradientReach(List<Parameter> parameters) {
    /** How a gradient gets to a parameter; of several paths to it, the last of these decides. */
    public enum Reach {
        /** The cost does not depend on it. */
        NOT_REACHED,
        /** On every path the gradient is stopped by {@code stopGradient} or a piecewise constant operation: it is 0. */
        STOPPED,
        /** A cotangent flows. */
        REACHED,
        /** An operation without a gradient is on a path: asking for the gradient is an error. */
        UNDEFINED
    }

    /**
     * What was found for one parameter.
     *
     * <pre>{@code
     * reach.parameters().get(0).reach() == GradientReach.Reach.REACHED
     * }</pre>
     *
     * @param parameter the parameter as messages show it
     * @param reach how the gradient gets there
     * @param by the node that stops it or has no gradient, as messages show it; empty otherwise
     * @param source the line that made that node
     */
    public record Parameter(String parameter, Reach reach, String by, SourceLine source) {
        /**
         * Refuses null.
         *
         * @param parameter the parameter as messages show it
         * @param reach how the gradient gets there
         * @param by the node that stops it or has no gradient, as messages show it; empty otherwise
         * @param source the line that made that node
         */
        public Parameter {
            Require.given(parameter, "GradientReach.Parameter: the text of the parameter");
            Require.given(reach, "GradientReach.Parameter: the reach");
            Require.given(by, "GradientReach.Parameter: the text of the node");
            Require.given(source, "GradientReach.Parameter: the line");
        }

        @Override
        public String toString() {
            return parameter + ": "
                    + switch (reach) {
                        case REACHED -> "reached";
                        case NOT_REACHED -> "not reached; the cost does not depend on it";
                        case STOPPED -> "stopped by " + by + ", made at " + source;
                        case UNDEFINED -> "undefined; " + by + ", made at " + source + ", has no gradient";
                    };
        }
    }

    /**
     * Copies the list.
     *
     * @param parameters what was found, in the order asked for
     */
    public GradientReach {
        for (Parameter parameter : Require.given(parameters, "GradientReach: the list of parameters")) {
            Require.given(parameter, "GradientReach: a parameter");
        }
        parameters = List.copyOf(parameters);
    }

    /**
     * {@return the report for some parameters}
     *
     * @param cost the node whose gradient is meant
     * @param parameters the nodes to report on; none means all parameters of the cost
     */
    public static GradientReach of(Node cost, Node... parameters) {
        Graph graph = Graph.of(Require.given(cost, "GradientReach.of: the cost"));
        List<Node> asked = Require.nodes("GradientReach.of", parameters);
        List<Node> chosen = asked.isEmpty() ? graph.nodes(Node.Kind.PARAMETER) : asked;
        Map<Node, Parameter> found = walk(graph);
        List<Parameter> result = new ArrayList<>();
        for (Node node : chosen) {
            Parameter known = found.getOrDefault(node, unreached(node));
            result.add(new Parameter(node.describe(), known.reach(), known.by(), known.source()));
        }
        return new GradientReach(result);
    }

    private static Parameter unreached(Node node) {
        return new Parameter(node.describe(), Reach.NOT_REACHED, "", SourceLine.UNKNOWN);
    }

    /** From the cost down: what each node gets from the strongest of its uses. */
    private static Map<Node, Parameter> walk(Graph graph) {
        Map<Node, Parameter> found = new HashMap<>();
        graph.roots().forEach(root -> found.put(root, of(root, Reach.REACHED)));
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            Parameter own = found.getOrDefault(node, unreached(node));
            Parameter below = own.reach() == Reach.REACHED ? passed(node, own) : own;
            node.inputs().forEach(input -> found.merge(input, below, GradientReach::stronger));
        }
        return found;
    }

    private static Parameter of(Node node, Reach reach) {
        return new Parameter(node.describe(), reach, node.describe(), node.source());
    }

    private static Parameter passed(Node node, Parameter own) {
        if (node.op().map(Op::gradientFlow).orElse(GradientFlow.PASSES) != GradientFlow.PASSES) {
            return of(node, Reach.STOPPED);
        }
        try {
            Provenance.vjp(node, Constants.ones(node.shape()));
            return own;
        } catch (NoGradientException missing) {
            return of(node, Reach.UNDEFINED);
        }
    }

    private static Parameter stronger(Parameter a, Parameter b) {
        return a.reach().compareTo(b.reach()) >= 0 ? a : b;
    }

    /** One line for each parameter. */
    @Override
    public String toString() {
        return parameters.stream().map(Parameter::toString).collect(Collectors.joining("\n"));
    }
}
