package org.gradgraph.scan;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.View;

/**
 * The derivative of a loop: a loop that goes through the steps in the opposite order.
 *
 * <p>It reads the states where the loop recorded them; its own states are the cotangents of these. The cotangents of what all
 * steps share are sums over the steps; a sum of matrix products is one product of all steps, after the loop.
 */
final class ReverseScan {
    private final LoopBody body;
    private final boolean takesProductsOut;
    private final List<Node> slices = new ArrayList<>();
    private final List<Node> operands = new ArrayList<>();
    private final List<Node> outputs = new ArrayList<>();
    private final List<Node> sums = new ArrayList<>();
    private final List<Node> next = new ArrayList<>();
    private final LoopBody reverse;
    private final Node value;
    private final List<Node> answers;

    ReverseScan(ScanOp scan, List<Node> inputs, Node y, Node dy) {
        this.body = scan.body();
        this.takesProductsOut = scan.takesProductsOut();
        int states = body.states().size();
        int firstShared = body.slices().size() + states;
        for (int k = 0; k < body.slices().size(); k++) {
            add(body.slices().get(k), inputs.get(k));
        }
        for (int k = 0; k < states; k++) {
            add(body.states().get(k), body.before(y, k));
        }
        List<Node> given = new ArrayList<>();
        for (int k = 0; k < body.outputs().size(); k++) {
            given.add(addUnlessZero(cotangent("output", body.outputs().get(k)), body.output(dy, k)));
        }
        List<Node> recorded = new ArrayList<>();
        for (int k = 0; k < states; k++) {
            recorded.add(addUnlessZero(cotangent("state", body.states().get(k)), body.before(dy, k)));
        }
        List<Node> after = new ArrayList<>();
        for (int k = 0; k < states; k++) {
            after.add(cotangent("state", body.states().get(k)));
            operands.add(body.last(dy, k));
        }
        List<Node> shared = new ArrayList<>(body.shared());
        operands.addAll(inputs.subList(firstShared, inputs.size()));
        for (int k = 0; k < body.sums().size(); k++) {
            Node sum = cotangent("sum", body.sums().get(k));
            given.add(sum);
            shared.add(sum);
            operands.add(body.sum(dy, k));
        }
        given.addAll(after);
        List<Node> wrt = new ArrayList<>(body.slices());
        wrt.addAll(body.states());
        wrt.addAll(body.shared());
        this.answers = Derivatives.vjp(body.results(), given, wrt);
        outputs.addAll(answers.subList(0, body.slices().size()));
        for (int k = 0; k < states; k++) {
            Node answer = answers.get(body.slices().size() + k);
            next.add(isZero(recorded.get(k)) ? answer : answer.plus(recorded.get(k)));
        }
        for (Node answer : answers.subList(firstShared, answers.size())) {
            if (isProduct(answer)) {
                answer.inputs().forEach(this::goesOut);
            } else {
                sums.add(answer);
            }
        }
        this.reverse = new LoopBody(slices, after, shared, outputs, sums, next, body.steps(), !body.backwards());
        this.value = Node.apply(new ScanOp(reverse, takesProductsOut), operands);
    }

    private Node add(Node placeholder, Node operand) {
        slices.add(placeholder);
        operands.add(operand);
        return placeholder;
    }

    /** The zeros themselves where nothing is read, so that no step copies them. */
    private Node addUnlessZero(Node placeholder, Node operand) {
        return isZero(operand) ? Constants.zeros(placeholder.shape()) : add(placeholder, operand);
    }

    private static boolean isZero(Node node) {
        Node x = node;
        while (x.op().orElse(null) instanceof View && x.inputs().size() == 1) {
            x = x.inputs().get(0);
        }
        return x.op().orElse(null) instanceof Constant constant
                && constant.value().getNumElements() == 1
                && constant.value().get(0) == 0;
    }

    private static Node cotangent(String role, Node of) {
        return Node.input("d" + of.name().orElse(role), of.shape());
    }

    /** Whether it is taken out: both factors differ from step to step. */
    private boolean isProduct(Node answer) {
        return takesProductsOut
                && answer.op().orElse(null) instanceof MatMul
                && answer.inputs().stream()
                        .noneMatch(factor -> factor.op().orElse(null) instanceof Constant
                                || body.shared().contains(factor));
    }

    private void goesOut(Node factor) {
        if (!slices.contains(factor) && !outputs.contains(factor)) {
            outputs.add(factor);
        }
    }

    /** One cotangent for each operand. */
    List<Node> cotangents() {
        List<Node> result = new ArrayList<>();
        for (int k = 0; k < body.slices().size(); k++) {
            result.add(reverse.output(value, k));
        }
        for (int k = 0; k < body.states().size(); k++) {
            result.add(reverse.last(value, k));
        }
        int sum = 0;
        for (Node answer : answers.subList(result.size(), answers.size())) {
            result.add(isProduct(answer) ? productOfAllSteps(answer) : reverse.sum(value, sum++));
        }
        return result;
    }

    private Node productOfAllSteps(Node answer) {
        MatMul product = (MatMul) answer.op().orElseThrow();
        Node left = answer.inputs().get(0);
        Node right = answer.inputs().get(1);
        Node a = allSteps(left);
        Node b = allSteps(right);
        return LinearAlgebra.matmul(
                product.transposeA() ? a : LoopBody.beside(a, left.shape().rows()),
                product.transposeB() ? LoopBody.beside(b, right.shape().rows()) : b,
                product.transposeA(),
                product.transposeB());
    }

    /** The values of a factor, one below the other. */
    private Node allSteps(Node factor) {
        int place = slices.indexOf(factor);
        return place >= 0 ? operands.get(place) : reverse.output(value, outputs.indexOf(factor));
    }
}
