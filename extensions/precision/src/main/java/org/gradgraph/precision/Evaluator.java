package org.gradgraph.precision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;

/** Interprets the forms of operations. */
final class Evaluator {
    private final Map<Node, Real[]> values = new HashMap<>();
    private final Set<String> inDouble = new LinkedHashSet<>();
    private final Sizes sizes;
    private final Arithmetic arithmetic;

    Evaluator(Map<Node, DMatrixRMaj> feeds, Sizes sizes, int digits) {
        this(sizes, new Arithmetic(digits));
        feeds.forEach((node, matrix) -> values.put(node, reals(matrix)));
    }

    private Evaluator(Sizes sizes, Arithmetic arithmetic) {
        this.sizes = sizes;
        this.arithmetic = arithmetic;
    }

    /** An evaluator with the same digits for one step of a loop, whose sizes are known. */
    Evaluator ofStep(Map<Node, Real[]> placeholders) {
        Evaluator step = new Evaluator(Sizes.none(), arithmetic);
        step.values.putAll(placeholders);
        return step;
    }

    Real plus(Real a, Real b) {
        return arithmetic.apply(Primitive.ADD, a, b, Real.ZERO);
    }

    /** The nodes whose kernels were run in double arithmetic, each with its line. */
    Set<String> inDouble() {
        return inDouble;
    }

    Real[] value(Node node) {
        Real[] value = values.get(node);
        if (value == null) {
            throw new IllegalArgumentException("no value is fed for " + node);
        }
        return value;
    }

    Shape shape(Node node) {
        return node.shape().bind(sizes);
    }

    void evaluate(Collection<Node> roots) {
        Map<Node, Node> expansions = new HashMap<>();
        Deque<Node> stack = new ArrayDeque<>(roots);
        while (!stack.isEmpty()) {
            Node node = stack.pop();
            if (values.containsKey(node)) {
                continue;
            }
            Op op = node.op()
                    .orElseThrow(() -> new IllegalArgumentException("no value is fed for " + node))
                    .bind(sizes);
            List<Node> missing = node.inputs().stream()
                    .filter(input -> !values.containsKey(input))
                    .toList();
            if (!missing.isEmpty()) {
                stack.push(node);
                missing.forEach(stack::push);
            } else if (op instanceof Composite composite) {
                Node expansion = expansions.computeIfAbsent(node, made -> expanded(made, composite));
                if (values.containsKey(expansion)) {
                    values.put(node, value(expansion));
                } else {
                    stack.push(node);
                    stack.push(expansion);
                }
            } else {
                values.put(node, compute(node, op));
            }
        }
    }

    /** The expansion on operands of known sizes. */
    private Node expanded(Node node, Composite op) {
        List<Node> symbols = new ArrayList<>();
        for (Node operand : node.inputs()) {
            Node symbol = Node.input("x" + (symbols.size() + 1), shape(operand));
            values.put(symbol, value(operand));
            symbols.add(symbol);
        }
        return op.expansion(List.copyOf(symbols));
    }

    private Real[] compute(Node node, Op op) {
        if (op instanceof Elementwise elementwise) {
            return elementwise(node, Formula.Code.of(elementwise.formula()));
        }
        if (op instanceof Reduction reduction) {
            return reduced(node, reduction);
        }
        if (op instanceof MatMul product) {
            return product(node, product);
        }
        if (op instanceof View view) {
            return moved(node, view);
        }
        if (op instanceof Loop loop) {
            LoopEvaluator steps = new LoopEvaluator(this, loop.body());
            Real[] result = steps.value(node.inputs().stream().map(this::value).toList());
            inDouble.addAll(steps.inDouble());
            return result;
        }
        Kernel kernel = (Kernel) op;
        return kernel.copiedOperands() > 0 ? copied(node, kernel) : opaque(node, kernel);
    }

    private Real[] elementwise(Node node, Formula.Code code) {
        List<Real[]> operands = node.inputs().stream().map(this::value).toList();
        Real[] result = new Real[elements(node)];
        for (int i = 0; i < result.length; i++) {
            int place = i;
            result[i] = arithmetic.evaluate(
                    code, operands.stream().map(operand -> operand[place]).toArray(Real[]::new));
        }
        return result;
    }

    private Real[] reduced(Node node, Reduction op) {
        Primitive fold = switch (op.fold()) {
            case SUM -> Primitive.ADD;
            case PRODUCT -> Primitive.MULTIPLY;
            case MAX -> Primitive.MAX;
            case MIN -> Primitive.MIN;
        };
        Real[] x = value(node.inputs().get(0));
        int columns = shape(node.inputs().get(0)).columns().size();
        int toRows = shape(node).rows().size();
        int toColumns = shape(node).columns().size();
        Real[] result = new Real[toRows * toColumns];
        for (int i = 0; i < x.length; i++) {
            int place = Math.min(i / columns, toRows - 1) * toColumns + Math.min(i % columns, toColumns - 1);
            result[place] = result[place] == null ? x[i] : arithmetic.apply(fold, result[place], x[i], Real.ZERO);
        }
        return result;
    }

    private Real[] moved(Node node, View view) {
        Shape from = shape(node.inputs().get(0));
        View.Strides strides = view.strides(from.rows().size(), from.columns().size());
        Real[] x = value(node.inputs().get(0));
        int columns = shape(node).columns().size();
        Real[] result = new Real[elements(node)];
        for (int i = 0; i < result.length; i++) {
            result[i] = x[strides.first() + i / columns * strides.down() + i % columns * strides.right()];
        }
        return result;
    }

    private Real[] product(Node node, MatMul op) {
        Real[] a = value(node.inputs().get(0));
        Real[] b = value(node.inputs().get(1));
        int columnsOfA = shape(node.inputs().get(0)).columns().size();
        int columnsOfB = shape(node.inputs().get(1)).columns().size();
        int inner = op.transposeA() ? a.length / columnsOfA : columnsOfA;
        int columns = shape(node).columns().size();
        Real[] result = new Real[elements(node)];
        for (int i = 0; i < result.length; i++) {
            int row = i / columns;
            int column = i % columns;
            Real sum = Real.ZERO;
            for (int k = 0; k < inner; k++) {
                Real left = op.transposeA() ? a[k * columnsOfA + row] : a[row * columnsOfA + k];
                Real right = op.transposeB() ? b[column * columnsOfB + k] : b[k * columnsOfB + column];
                sum = arithmetic.apply(Primitive.FMA, left, right, sum);
            }
            result[i] = sum;
        }
        return result;
    }

    /** What a kernel that only copies does with the places of its operands' elements, it does with the elements. */
    private Real[] copied(Node node, Kernel op) {
        List<Real> elements = new ArrayList<>();
        List<DMatrixRMaj> places = new ArrayList<>();
        for (Node input : node.inputs()) {
            DMatrixRMaj operand = rounded(shape(input), value(input));
            if (places.size() < op.copiedOperands()) {
                for (int i = 0; i < operand.getNumElements(); i++) {
                    operand.data[i] = elements.size();
                    elements.add(value(input)[i]);
                }
            }
            places.add(operand);
        }
        DMatrixRMaj out =
                new DMatrixRMaj(shape(node).rows().size(), shape(node).columns().size());
        op.forward(places, out);
        return Arrays.stream(out.data, 0, out.getNumElements())
                .mapToObj(place -> elements.get((int) place))
                .toArray(Real[]::new);
    }

    private Real[] opaque(Node node, Kernel op) {
        if (!node.inputs().isEmpty()) {
            inDouble.add(node.describe() + ", made at " + node.source());
        }
        DMatrixRMaj out =
                new DMatrixRMaj(shape(node).rows().size(), shape(node).columns().size());
        op.forward(
                node.inputs().stream()
                        .map(input -> rounded(shape(input), value(input)))
                        .toList(),
                out);
        return reals(out);
    }

    private int elements(Node node) {
        return shape(node).rows().size() * shape(node).columns().size();
    }

    static DMatrixRMaj rounded(Shape shape, Real[] numbers) {
        return new DMatrixRMaj(
                shape.rows().size(),
                shape.columns().size(),
                true,
                Arrays.stream(numbers).mapToDouble(Real::rounded).toArray());
    }

    private static Real[] reals(DMatrixRMaj matrix) {
        return Arrays.stream(matrix.data, 0, matrix.getNumElements())
                .mapToObj(Real::of)
                .toArray(Real[]::new);
    }
}
