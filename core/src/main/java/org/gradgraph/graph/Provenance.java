package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who was derived from what: which node's vjp made a gradient node, and which question a derivative answers.
 *
 * <p>Errors, explanations and checks read it, and so does a program that is given a derivative as an output: it
 * rewrites what was differentiated first, and differentiates then.
 *
 * <pre>{@code
 * Node dz = Derivatives.gradient(j, z);
 * Provenance.differentiated(dz);                           // the node that uses z
 * Provenance.question(dz).orElseThrow().outputs();         // [j]
 * }</pre>
 *
 * <p>It also makes nodes that belong to another node's line: cotangents, and copies on other operands.
 */
public final class Provenance {
    /** What differentiation was asked: the derivatives of some outputs, given their cotangents, by some nodes. */
    public static final class Question {
        private final List<Node> outputs;
        private final List<Node> cotangents;
        private final List<Node> wrt;

        /**
         * The sum of the vector-Jacobian products of some outputs.
         *
         * @param outputs what is differentiated
         * @param cotangents one for each output, of its shape
         * @param wrt the nodes to differentiate by
         */
        public Question(List<Node> outputs, List<Node> cotangents, List<Node> wrt) {
            this.outputs = Require.nodes("new Question, outputs", outputs);
            this.cotangents = Require.nodes("new Question, cotangents", cotangents);
            this.wrt = Require.nodes("new Question, nodes to differentiate by", wrt);
        }

        /** {@return the outputs that were differentiated} */
        public List<Node> outputs() {
            return outputs;
        }

        /** {@return the cotangent of each output} */
        public List<Node> cotangents() {
            return cotangents;
        }

        /** {@return the nodes that were differentiated by} */
        public List<Node> wrt() {
            return wrt;
        }
    }

    /** The origin of a node that differentiation returned; what the caller makes of it has the caller's line. */
    private static final class Answer {
        private final Object origin;
        private final Question question;
        private final int place;

        Answer(Object origin, Question question, int place) {
            this.origin = origin;
            this.question = question;
            this.place = place;
        }
    }

    private Provenance() {}

    /**
     * {@return the node whose vjp made a gradient node; empty for what the user made}
     *
     * <p>A sum of cotangents belongs to the node where it is summed.
     *
     * @param node any node
     */
    public static Optional<Node> differentiated(Node node) {
        return origin(Require.given(node, "the gradient node")) instanceof Node forward
                ? Optional.of(forward)
                : Optional.empty();
    }

    /**
     * {@return the question that a node answers, if differentiation returned it}
     *
     * @param node any node
     */
    public static Optional<Question> question(Node node) {
        return Require.given(node, "the derivative").origin() instanceof Answer answer
                ? Optional.of(answer.question)
                : Optional.empty();
    }

    /**
     * {@return the place of a gradient among the nodes that were differentiated by}
     *
     * @param node a node that differentiation returned
     * @throws IllegalArgumentException if differentiation did not return the node
     */
    public static int placeInQuestion(Node node) {
        if (Require.given(node, "the derivative").origin() instanceof Answer answer) {
            return answer.place;
        }
        throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                + ", was not returned by differentiation; ask question(node) first");
    }

    /**
     * {@return a cotangent as a result of differentiation; a node that no vjp made stays as it is}
     *
     * @param cotangent what reverse mode found
     * @param question what was asked
     * @param place which of the nodes that were differentiated by
     */
    public static Node answer(Node cotangent, Question question, int place) {
        Require.given(question, "the question that a derivative answers");
        if (passedOn(Require.given(cotangent, "the derivative").origin()) == null || cotangent instanceof StandIn) {
            return cotangent;
        }
        Answer origin = new Answer(cotangent.origin(), question, place);
        return cotangent.copy(cotangent.inputs(), cotangent.name().orElse(null), origin);
    }

    /**
     * The cotangents of a node's inputs, given its own: the vjp of its operation, called and checked.
     *
     * <p>Reverse mode is a loop over this. The nodes made belong to the node's line.
     *
     * @param node what is differentiated
     * @param dy a cotangent of its shape
     * @return one node for each input, of that input's shape
     * @throws NoGradientException if the operation has no vjp, or one that is wrong in number or shape; it names the
     *     operation and the node's line
     */
    public static List<Node> vjp(Node node, Node dy) {
        Require.given(node, "the node to differentiate");
        Require.given(dy, "the cotangent of a node");
        Op op = node.op().orElse(null);
        if (op == null) {
            return List.of();
        }
        if (!dy.shape().equals(node.shape())) {
            throw new NoGradientException("a cotangent of " + at(node) + ", is " + node.shape() + ", not " + dy.shape()
                    + "; give one of exactly that shape");
        }
        List<Node> inputs = node.inputs();
        Node[] operands = new Node[inputs.size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = new StandIn(inputs.get(i), node);
        }
        List<Node> cotangents;
        try {
            cotangents = op.vjp(List.of(operands), new StandIn(node, node), new StandIn(dy, node));
        } catch (NoGradientException missing) {
            throw new NoGradientException(missing.getMessage() + ", so no gradient flows through " + at(node)
                    + "; give the operation a vjp or take the gradient of something else");
        }
        if (cotangents == null || cotangents.size() != operands.length) {
            throw wrongVjp(
                    op,
                    (cotangents == null ? "null" : count(cotangents.size(), "cotangent")) + " for "
                            + count(operands.length, "operand"),
                    node);
        }
        CotangentProducts products = new CotangentProducts(node, dy.itself());
        for (int i = 0; i < operands.length; i++) {
            Node cotangent = cotangents.get(i);
            if (cotangent == null) {
                throw wrongVjp(op, "null for operand " + (i + 1), node);
            }
            if (!cotangent.shape().equals(operands[i].shape())) {
                throw wrongVjp(
                        op,
                        "a cotangent of shape " + cotangent.shape() + " for operand " + (i + 1) + " of shape "
                                + operands[i].shape(),
                        node);
            }
            operands[i] = products.in(cotangent.itself());
        }
        return List.of(operands);
    }

    private static NoGradientException wrongVjp(Op op, String answer, Node node) {
        return new NoGradientException("the vjp of operation " + op.label() + " returns " + answer + " at " + at(node)
                + "; it must return one node for each operand, of that operand's shape, zeros where nothing flows");
    }

    private static String at(Node node) {
        return node.describe() + ", made at " + node.source();
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /**
     * {@return the sum of two cotangents of a node that is used several times; it belongs to that node's line}
     *
     * @param node the node that is used several times
     * @param first one cotangent
     * @param second another one, of the same shape
     */
    public static Node sum(Node node, Node first, Node second) {
        Require.given(node, "the node whose cotangents are added");
        Require.given(second, "the second cotangent");
        return new StandIn(Require.given(first, "the first cotangent"), node).plus(second);
    }

    /**
     * {@return the same operation on other operands, with the name of one node and the line of another}
     *
     * <p>Rewriting is made of this; to replace nodes in a whole graph, see {@link Graph#rebuilt}.
     *
     * @param node the operation
     * @param operands as many as before, each of the same shape as the one it replaces
     * @param named the node whose name the copy takes, if it has one
     * @param made the node whose line the copy takes
     * @throws ShapeException if an operand has another shape
     */
    public static Node copy(Node node, List<Node> operands, Node named, Node made) {
        List<Node> inputs = Require.given(node, "copy: the node").inputs();
        List<Node> others = Require.nodes("copy", operands);
        boolean fits = others.size() == inputs.size();
        for (int i = 0; fits && i < others.size(); i++) {
            fits = inputs.get(i).shape().equals(others.get(i).shape());
        }
        if (!fits) {
            throw new ShapeException(
                    node.describe() + " cannot be copied to other operands",
                    "give as many operands, of the same shapes");
        }
        return node.copy(
                others,
                Require.given(named, "copy: the node with the name").name().orElse(null),
                origin(Require.given(made, "copy: the node with the line")));
    }

    /** The origin that what is made of a node shares: inside a vjp, the differentiated node. */
    static @Nullable Node passedOn(Object origin) {
        return origin instanceof Node differentiated ? differentiated : null;
    }

    private static Object origin(Node node) {
        return node.origin() instanceof Answer answer ? answer.origin : node.origin();
    }

    /** The line of an origin, that of the forward node if it is one of a gradient. */
    static SourceLine line(Object origin) {
        Object next = origin;
        while (!(next instanceof SourceLine)) {
            next = next instanceof Answer answer ? answer.origin : ((Node) next).origin();
        }
        return (SourceLine) next;
    }

    /**
     * What a vjp is given in place of a node of the graph, so that what it makes belongs to the differentiated node's line.
     *
     * <p>No graph contains one: {@link Node#apply} takes the node itself as an operand.
     */
    static final class StandIn extends Node {
        private final Node itself;

        StandIn(Node node, Node differentiated) {
            super(node, differentiated);
            this.itself = node.itself();
        }

        @Override
        Node itself() {
            return itself;
        }
    }
}
