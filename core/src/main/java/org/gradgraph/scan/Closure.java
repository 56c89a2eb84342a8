package org.gradgraph.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body off from the graph around it: what no step changes is computed once outside and given to the loop.
 *
 * <p>A product of something that stays and the columns of a step is taken out, too: it is one product with the columns of
 * all steps.
 */
final class Closure {
    /** The columns of all steps, side by side. */
    private final List<Node> wide;

    private final List<Node> slices;
    private final Dim width;
    private final List<Node> initial;
    private final List<Node> states;
    private final Dim steps;
    private final boolean backwards;
    private final boolean takesProductsOut;
    private final List<Node> shared = new ArrayList<>();
    private final List<Node> sharedOperands = new ArrayList<>();

    /** What differs from step to step. */
    private final Set<Node> varying = Collections.newSetFromMap(new IdentityHashMap<>());

    private final IdentityHashMap<Node, Node> inside = new IdentityHashMap<>();

    Closure(
            List<Node> inputs,
            Dim width,
            List<Node> slices,
            List<Node> initial,
            List<Node> states,
            Dim steps,
            boolean backwards,
            boolean takesProductsOut) {
        this.wide = new ArrayList<>(inputs);
        this.width = width;
        this.slices = new ArrayList<>(slices);
        this.initial = initial;
        this.states = states;
        this.steps = steps;
        this.backwards = backwards;
        this.takesProductsOut = takesProductsOut;
        varying.addAll(slices);
        varying.addAll(states);
    }

    Scan close(ScanStep step) {
        List<Node> next = step.next();
        List<Node> results = new ArrayList<>(step.outputs());
        results.addAll(next);
        Graph graph = Graph.of(results);
        for (Node node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(varying::contains)) {
                varying.add(node);
                inside.put(node, enter(node));
            } else if (varying.contains(node)) {
                inside.put(node, node);
            }
        }
        List<Node> entered = results.stream().map(this::entered).toList();
        int outputs = step.outputs().size();
        List<Node> given = new ArrayList<>();
        wide.forEach(columns -> given.add(LoopBody.below(columns, width)));
        given.addAll(initial);
        LoopBody body = new LoopBody(
                slices,
                states,
                shared,
                entered.subList(0, outputs),
                List.of(),
                entered.subList(outputs, entered.size()),
                steps,
                backwards);
        given.addAll(sharedOperands);
        return new Scan(
                Node.apply(new ScanOp(body, takesProductsOut), given), body, step.stateNames(), step.outputNames());
    }

    private Node enter(Node node) {
        Node product = productOfAllSteps(node);
        if (product != null) {
            return product;
        }
        List<Node> inputs = node.inputs().stream().map(this::entered).toList();
        return inputs.equals(node.inputs()) ? node : Provenance.copy(node, inputs, node, node);
    }

    /** A node as the body knows it; what stays comes in from outside, except for constants. */
    private Node entered(Node node) {
        Node known = inside.get(node);
        if (known == null) {
            known = node.op().orElse(null) instanceof Constant ? node : shared(node);
            inside.put(node, known);
        }
        return known;
    }

    private Node shared(Node node) {
        Node placeholder = ScanBuilder.placeholder(node, node.op().isPresent() ? "shared" : "x", node.shape());
        shared.add(placeholder);
        sharedOperands.add(node);
        return placeholder;
    }

    private @Nullable Node productOfAllSteps(Node node) {
        if (!takesProductsOut || !(node.op().orElse(null) instanceof MatMul product) || product.transposeB()) {
            return null;
        }
        Node left = node.inputs().get(0);
        int place = slices.indexOf(inside.get(node.inputs().get(1)));
        if (varying.contains(left) || place < 0) {
            return null;
        }
        Node placeholder = ScanBuilder.placeholder(node, "product", node.shape());
        slices.add(placeholder);
        wide.add(Node.apply(product, left, wide.get(place)));
        return placeholder;
    }
}
