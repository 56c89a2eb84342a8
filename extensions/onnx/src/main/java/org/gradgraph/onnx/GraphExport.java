package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;

/** Writes the nodes of a graph as operators, by a rule for each form of operations. */
final class GraphExport {
    /** Composites in composites; deeper than any sensible declaration. */
    private static final int DEEPEST = 50;

    private static final String REFUSED = "OnnxExport: ";

    private final Emitter out;
    private final Sides sides;
    private final Optional<Sizes> sizes;
    private final Map<Node, Value> values = new HashMap<>();

    /** If sizes are given, they are those of all symbols. */
    GraphExport(Emitter out, Sides sides, Optional<Sizes> sizes) {
        this.out = out;
        this.sides = sides;
        this.sizes = sizes;
    }

    Emitter out() {
        return out;
    }

    Sides sides() {
        return sides;
    }

    /** The same for a body of a loop, which reads nothing but its placeholders. */
    GraphExport body(Emitter emitter) {
        return new GraphExport(emitter, sides, sizes);
    }

    Shape bound(Shape shape) {
        return sizes.map(shape::bind).orElse(shape);
    }

    void put(Node node, Value value) {
        values.put(node, value);
    }

    /** The tensor of a node, of the shape of the node. */
    String full(Node node) {
        Value value = value(node);
        Shape shape = bound(node.shape());
        if (value.shape().equals(shape)) {
            return value.name();
        }
        try {
            return out.emit("Expand", List.of(value.name(), sides.vector(out, shape.rows(), shape.columns())));
        } catch (OnnxException refused) {
            throw refusal(node, refused);
        }
    }

    Value value(Node node) {
        return Objects.requireNonNull(values.get(node), "operands are exported first");
    }

    void add(Graph graph) {
        add(graph, 0);
    }

    private void add(Graph graph, int depth) {
        for (Node node : graph.nodes()) {
            if (!values.containsKey(node)) {
                try {
                    out.at(
                            node.name().orElseGet(() -> label(node)),
                            node.source().toString());
                    values.put(node, exported(node, depth));
                } catch (OnnxException refused) {
                    throw depth > 0 ? refused : refusal(node, refused);
                }
            }
        }
    }

    private static OnnxException refusal(Node node, OnnxException reason) {
        if (reason.sentence().startsWith(REFUSED)) {
            return reason;
        }
        return new OnnxException(
                REFUSED + label(node) + " of " + node.describe() + ", made at " + node.source()
                        + ", cannot leave as ONNX: " + reason.sentence(),
                reason);
    }

    private static String label(Node node) {
        return node.op().map(Op::label).orElse("input");
    }

    private Value exported(Node node, int depth) {
        Op given = node.op()
                .orElseThrow(() -> new OnnxException("the expansion of an operation reads " + node.describe()
                        + ", which is not one of its operands"));
        Op op = sizes.map(given::bind).orElse(given);
        if (op instanceof Elementwise elementwise) {
            return elementwise(node, elementwise);
        }
        if (op instanceof Reduction reduction) {
            return new Value(reduced(node, reduction), bound(node.shape()));
        }
        if (op instanceof MatMul product) {
            return new Value(product(node, product), bound(node.shape()));
        }
        if (op instanceof View view) {
            return ViewExport.value(this, node, view);
        }
        if (op instanceof Composite composite) {
            return composed(node, composite, depth);
        }
        if (op instanceof Loop loop) {
            return new Value(LoopExport.value(this, node, loop), bound(node.shape()));
        }
        return new Value(KernelExport.value(this, node, (Kernel) op), bound(node.shape()));
    }

    private Value elementwise(Node node, Elementwise op) {
        List<Value> operands = node.inputs().stream().map(this::value).toList();
        return Direct.elementwise(out, op, operands)
                .orElseGet(() -> new FormulaExport(out).value(op.formula(), operands));
    }

    private String reduced(Node node, Reduction op) {
        String operator = switch (op.fold()) {
            case SUM -> "ReduceSum";
            case PRODUCT -> "ReduceProd";
            case MAX -> "ReduceMax";
            case MIN -> "ReduceMin";
        };
        return reduced(operator, full(node.inputs().get(0)), axes(op.over()));
    }

    static long[] axes(Over over) {
        return switch (over) {
            case ALL -> new long[] {0, 1};
            case EACH_ROW -> new long[] {1};
            case EACH_COLUMN -> new long[] {0};
        };
    }

    /** Until opset 18, the axes of most reductions are an attribute. */
    String reduced(String operator, String x, long... axes) {
        return out.opset() >= 18 || operator.equals("ReduceSum")
                ? out.emit(operator, List.of(x, out.integers(axes)))
                : out.emit(operator, List.of(x), Attributes.integers("axes", axes));
    }

    private String product(Node node, MatMul op) {
        List<String> operands =
                List.of(full(node.inputs().get(0)), full(node.inputs().get(1)));
        return op.transposeA() || op.transposeB()
                ? out.emit(
                        "Gemm",
                        operands,
                        Attributes.integer("transA", op.transposeA() ? 1 : 0),
                        Attributes.integer("transB", op.transposeB() ? 1 : 0))
                : out.emit("MatMul", operands);
    }

    private Value composed(Node node, Composite op, int depth) {
        Optional<String> direct = Direct.composite(this, node, op);
        if (direct.isPresent()) {
            return new Value(direct.get(), bound(node.shape()));
        }
        if (depth == DEEPEST) {
            throw new OnnxException("its expansion contains the operation itself");
        }
        List<Node> operands = new ArrayList<>();
        for (Node input : node.inputs()) {
            Node operand = Node.input("operand", bound(input.shape()));
            values.put(operand, value(input));
            operands.add(operand);
        }
        Node expansion;
        try {
            expansion = op.expansion(List.copyOf(operands));
        } catch (ShapeException symbolic) {
            throw new OnnxException("its expansion needs the sizes; give them by withSizes(…)", symbolic);
        }
        add(Graph.of(expansion), depth + 1);
        out.at(node.name().orElseGet(() -> label(node)), node.source().toString());
        return value(expansion);
    }

    Dim side(Dim side) {
        return sizes.map(known -> Dim.of(side.size(known))).orElse(side);
    }
}
