package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Require;
import org.gradgraph.rewrite.Assumptions;

/**
 * Both passes of a run as one table: each node with its formula and value, its derivative and the derivative's value.
 *
 * <pre>{@code
 * Run run = Trace.program(j).newRun().set(a, 5).set(b, 3).set(c, 2).forward().backward();
 * System.out.println(Trace.of(run));
 * // # | node | formula | value | derivative | value
 * // 4 | u    | b·c     | 6     | du = 3     | 3
 * }</pre>
 *
 * <p>Values that the run cannot give are left empty; long matrices are shown by their shape, least, mean and largest
 * element.
 */
public final class Trace {
    private static final int SHOWN_IN_FULL = 6;
    private static final int DIGITS = 6;
    private static final List<String> HEADINGS = List.of("#", "node", "formula", "value", "derivative", "its value");

    private final List<List<String>> rows;

    private Trace(List<List<String>> rows) {
        this.rows = rows;
    }

    /**
     * {@return a program whose runs can be traced: it keeps every value and computes every derivative of the cost}
     *
     * @param cost a node of shape 1×1
     */
    public static Program program(Node cost) {
        Graph graph = Graph.of(Require.given(cost, "Trace.program: the cost"));
        List<Node> nodes = graph.nodes().stream()
                .filter(node -> node.kind() != Node.Kind.CONSTANT)
                .toList();
        return Program.of(cost).keepingAll().withGradients(nodes);
    }

    /**
     * {@return the table of a run; its program is best made by {@link #program}}
     *
     * @param run a run after its forward pass
     */
    public static Trace of(Run run) {
        Program program = Require.given(run, "Trace.of: the run").program();
        Map<Node, String> labels = new HashMap<>();
        List<Node> nodes = program.graph().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            String number = "n" + (i + 1);
            labels.put(nodes.get(i), Style.TEXT.name(nodes.get(i).name().orElse(number)));
        }
        Map<Node, String> derivatives = derivatives(program);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            rows.add(List.of(
                    Integer.toString(i + 1),
                    labels.getOrDefault(node, ""),
                    formula(node, labels),
                    run.findValue(node).map(Trace::shown).orElse(""),
                    derivatives.getOrDefault(node, ""),
                    run.findGradient(node).map(Trace::shown).orElse("")));
        }
        return new Trace(rows);
    }

    private static Map<Node, String> derivatives(Program program) {
        List<Node> named = program.wrt().stream()
                .filter(node -> node.name().isPresent() && program.graph().contains(node))
                .toList();
        Map<Node, String> formulas = new HashMap<>();
        FormulaPrinter printer = new FormulaPrinter(Style.TEXT);
        if (!named.isEmpty()) {
            for (DerivedLine line : new DerivationBuilder(program.outputs().get(0), Assumptions.none()).lines(named)) {
                String name = Style.TEXT.name(line.symbol().name().orElse(""));
                formulas.put(line.wrt(), name + " = " + printer.formula(line.formula()));
            }
        }
        return formulas;
    }

    private static String formula(Node node, Map<Node, String> labels) {
        if (node.op().isEmpty()) {
            return node.kind().name().toLowerCase(Locale.ROOT);
        }
        List<String> operands = node.inputs().stream()
                .map(input -> labels.getOrDefault(input, ""))
                .toList();
        return new FormulaPrinter(Style.TEXT).formula(node.op().get(), operands, node.inputs());
    }

    private static String shown(DMatrixRMaj value) {
        int elements = value.getNumElements();
        if (elements == 1) {
            return number(value.data[0]);
        }
        if (elements <= SHOWN_IN_FULL) {
            StringBuilder text = new StringBuilder("[");
            for (int i = 0; i < elements; i++) {
                text.append(i == 0 ? "" : i % value.numCols == 0 ? "; " : " ").append(number(value.data[i]));
            }
            return text.append(']').toString();
        }
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double mean = 0;
        for (int i = 0; i < elements; i++) {
            least = Math.min(least, value.data[i]);
            largest = Math.max(largest, value.data[i]);
            mean += value.data[i] / elements;
        }
        return value.numRows + "×" + value.numCols + " from " + number(least) + " to " + number(largest) + ", mean "
                + number(mean);
    }

    private static String number(double value) {
        return Notation.number(value, DIGITS).replace("-", "−");
    }

    /** {@return the table as plain text, its columns aligned} */
    public String text() {
        int[] widths = new int[HEADINGS.size()];
        List<List<String>> all = new ArrayList<>();
        all.add(HEADINGS);
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(i == 0 ? "" : " | ").append(cell);
                line.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length())));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** {@return the table in Markdown} */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        append(text, HEADINGS);
        text.append("|---".repeat(HEADINGS.size())).append("|\n");
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> row) {
        row.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
        text.append("|\n");
    }

    /** {@return one row for each node: number, node, formula, value, derivative, its value} */
    public List<List<String>> rows() {
        return rows;
    }

    /** The same as {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
