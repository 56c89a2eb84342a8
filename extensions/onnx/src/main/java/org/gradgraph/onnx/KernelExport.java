package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.BlockOps;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.ConvolutionOps;
import org.gradgraph.graph.DiagonalOps;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.ProductOps;
import org.gradgraph.graph.Shape;

/** Kernels of the library, by their declared names; what they do is no secret, but no program can look into it. */
final class KernelExport {
    private final GraphExport export;
    private final Emitter out;
    private final Node node;
    private final Shape shape;

    private KernelExport(GraphExport export, Node node) {
        this.export = export;
        this.out = export.out();
        this.node = node;
        this.shape = export.bound(node.shape());
    }

    static String value(GraphExport export, Node node, Kernel op) {
        if (op instanceof Constant constant) {
            return export.out().matrix(constant.value());
        }
        if (op instanceof Constants.Size size) {
            return export.sides().matrix(export.out(), size.dim());
        }
        if (op.getClass().getPackage() != Op.class.getPackage()) {
            throw refused(op);
        }
        return new KernelExport(export, node).value(op);
    }

    private static OnnxException refused(Op op) {
        return new OnnxException("no operators compute " + op.name());
    }

    private String value(Kernel op) {
        if (op instanceof BlockOps.Pad pad) {
            String widths = export.sides().vector(out, pad.top(), pad.left(), pad.bottom(), pad.right());
            return out.emit("Pad", List.of(x(), widths, out.number(pad.value())));
        }
        if (op instanceof ConvolutionOps.Patches patches) {
            return PatchExport.patches(export, x(), patches);
        }
        if (op instanceof ConvolutionOps.SumPatches patches) {
            return PatchExport.sums(export, x(), patches);
        }
        if (op instanceof DiagonalOps.Triangle triangle) {
            return triangle(triangle);
        }
        if (op instanceof ProductOps.Scan recurrence) {
            return new OrderExport(export, shape, recurrence.over()).recurrence(operands(), recurrence);
        }
        return named(op);
    }

    private String named(Kernel op) {
        return switch (op.name()) {
            case "concatRows" -> out.emit("Concat", operands(), Attributes.integer("axis", 0));
            case "concatColumns" -> out.emit("Concat", operands(), Attributes.integer("axis", 1));
            case "repeat" ->
                out.emit(
                        "Tile",
                        List.of(
                                x(),
                                Sides.joined(
                                        out, List.of(ratio(rows(), inputRows()), ratio(columns(), inputColumns())))));
            case "sumRepeats" -> sumRepeats();
            case "blocksBelow" -> blocks(Sides.joined(out, List.of(inputRows(), out.integers(-1), columns())));
            case "blocksBeside" -> blocks(Sides.joined(out, List.of(out.integers(-1), rows(), inputColumns())));
            case "diagonalMatrix" -> diagonalMatrix();
            case "gatherRows" -> out.emit("Gather", List.of(x(), places(1)));
            case "scatterAddRows" -> scatterAddRows();
            case "oneHot" -> oneHot();
            default -> ordered(op);
        };
    }

    private String ordered(Kernel op) {
        String name = op.name();
        Over over = name.startsWith("row") || name.endsWith("Rows")
                ? Over.EACH_ROW
                : name.startsWith("column") || name.endsWith("Columns") ? Over.EACH_COLUMN : Over.ALL;
        OrderExport order = new OrderExport(export, shape, over);
        String base = name.replaceFirst("^(row|column)(?=[A-Z])", "").replaceFirst("(Rows|Columns|s)$", "");
        return switch (base.toLowerCase(Locale.ROOT)) {
            case "cumulativesum" -> order.cumulativeSum(x(), false);
            case "cumulativesumfromend" -> order.cumulativeSum(x(), true);
            case "argmax" -> order.position("ArgMax", x());
            case "argmin" -> order.position("ArgMin", x());
            case "sort" -> order.sorted(x(), x());
            case "sortby" -> order.sorted(x(), operands().get(1));
            case "unsortby" -> order.unsorted(x(), operands().get(1));
            case "median" -> order.median(x());
            case "medianshare" -> order.medianShare(x());
            default -> throw refused(op);
        };
    }

    private String x() {
        return operands().get(0);
    }

    private List<String> operands() {
        return node.inputs().stream().map(export::full).toList();
    }

    private Shape input() {
        return export.bound(node.inputs().get(0).shape());
    }

    private String side(Dim side) {
        return export.sides().number(out, side);
    }

    private String rows() {
        return side(shape.rows());
    }

    private String columns() {
        return side(shape.columns());
    }

    private String inputRows() {
        return side(input().rows());
    }

    private String inputColumns() {
        return side(input().columns());
    }

    private String ratio(String large, String small) {
        return out.emit("Div", List.of(large, small));
    }

    private String sumRepeats() {
        String sides = Sides.joined(
                out, List.of(ratio(inputRows(), rows()), rows(), ratio(inputColumns(), columns()), columns()));
        String blocks = out.emit("Reshape", List.of(x(), sides));
        return out.emit("ReduceSum", List.of(blocks, out.integers(0, 2)), Attributes.integer("keepdims", 0));
    }

    /** The first two of three sides are exchanged. */
    private String blocks(String sides) {
        String blocks = out.emit("Reshape", List.of(x(), sides));
        String exchanged = out.emit("Transpose", List.of(blocks), Attributes.integers("perm", 1, 0, 2));
        return out.emit("Reshape", List.of(exchanged, export.sides().vector(out, shape.rows(), shape.columns())));
    }

    private String diagonalMatrix() {
        String wide = out.emit("Expand", List.of(x(), export.sides().vector(out, shape.rows(), shape.columns())));
        return diagonal(wide);
    }

    private String diagonal(String x) {
        return trilu(out, trilu(out, x, true, 0), false, 0);
    }

    static String trilu(Emitter out, String x, boolean upper, long from) {
        return out.emit(
                "Trilu",
                List.of(x, out.integers(new long[0], new long[] {from})),
                Attributes.integer("upper", upper ? 1 : 0));
    }

    private String triangle(DiagonalOps.Triangle op) {
        boolean upper = !op.lower();
        if (op.onDiagonal() == 1) {
            return trilu(out, x(), upper, 0);
        }
        String strict = trilu(out, x(), upper, upper ? 1 : -1);
        return op.onDiagonal() == 0
                ? strict
                : out.emit(
                        "Add", List.of(strict, out.emit("Mul", List.of(diagonal(x()), out.number(op.onDiagonal())))));
    }

    private String places(int operand) {
        String flat = out.emit("Reshape", List.of(operands().get(operand), out.integers(-1)));
        return out.emit("Cast", List.of(flat), Attributes.integer("to", Sides.int64()));
    }

    private String scatterAddRows() {
        String zeros =
                out.emit("Expand", List.of(out.number(0), export.sides().vector(out, shape.rows(), shape.columns())));
        String places = out.emit("Unsqueeze", List.of(places(1), out.integers(1)));
        return out.emit("ScatterND", List.of(zeros, places, x()), Attributes.text("reduction", "add"));
    }

    /** A number that is not finite makes NaN of its zeros and ones. */
    private String oneHot() {
        boolean down = input().rows().isOne()
                && !(input().columns().isOne() && shape.rows().isOne());
        int depth = (down ? shape.rows() : shape.columns()).size();
        double[] classes = new double[depth];
        Arrays.setAll(classes, k -> k);
        String all = out.matrix(new DMatrixRMaj(down ? depth : 1, down ? 1 : depth, true, classes));
        String hot = out.number(out.emit("Equal", List.of(x(), all)));
        return out.emit("Add", List.of(hot, out.emit("Mul", List.of(x(), out.number(0)))));
    }
}
