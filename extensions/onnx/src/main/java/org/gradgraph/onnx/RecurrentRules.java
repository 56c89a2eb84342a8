package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanBuilder;
import org.gradgraph.scan.ScanStep;

/** Recurrent layers as loops: LSTM, GRU, and the plain one. */
final class RecurrentRules {
    private final Call call;
    private final int size;
    private final Dim steps;
    private final Dim batch;
    private final Node inputs;

    private RecurrentRules(Call call) {
        this.call = call;
        Tensor x = call.tensor(0);
        if (x.rank() != 3) {
            throw new OnnxException("its operand has " + x.rank() + " axes instead of steps, examples and features");
        }
        this.size = call.integer("hidden_size")
                .orElseGet(() -> (int) Whole.value(call.tensor(2).dims().get(2)));
        this.steps = x.dims().get(0);
        this.batch = x.dims().get(1);
        this.inputs = x.as(2, true);
        call.requireDefault("layout", 0);
        call.requireDefault("input_forget", 0);
        if (call.texts("activations").stream().anyMatch(name -> !name.equals("Sigmoid") && !name.equals("Tanh"))
                || call.real("clip", 0) != 0
                || call.has(4)
                || call.has(7)) {
            throw new OnnxException("other activations, clip, lengths of sequences and peepholes are not imported");
        }
    }

    static Map<String, Rule> rules() {
        return Map.of(
                "LSTM", call -> new RecurrentRules(call).results(4, true),
                "GRU", call -> new RecurrentRules(call).results(3, false),
                "RNN", call -> new RecurrentRules(call).results(1, false));
    }

    /** All hidden states, the last one, and the last cell. */
    private List<Item> results(int gates, boolean hasCell) {
        String direction = call.text("direction", "forward");
        List<Boolean> backwards = switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default -> throw new OnnxException("direction " + direction + " is not known");
        };
        List<Scan> scans = new ArrayList<>();
        for (int k = 0; k < backwards.size(); k++) {
            scans.add(scan(k, gates, hasCell, backwards.get(k)));
        }
        Dim directions = Dim.of(scans.size());
        Dim hidden = Dim.of(size);
        Node[] all = scans.stream().map(this::allStates).toArray(Node[]::new);
        Node joined = all.length == 1 ? all[0] : Layout.concatColumns(all);
        List<Item> results = new ArrayList<>();
        results.add(new Tensor(joined, List.of(steps, directions, batch, hidden), 1, false));
        results.add(last(scans, "h"));
        if (hasCell) {
            results.add(last(scans, "c"));
        }
        return results;
    }

    /** A row for each step, with all examples. */
    private Node allStates(Scan scan) {
        Node rows = scan.states("h").transpose();
        return Layout.reshape(rows, Shape.of(steps, batch.times(Dim.of(size))));
    }

    private Item last(List<Scan> scans, String state) {
        Node[] all = scans.stream().map(scan -> scan.last(state).transpose()).toArray(Node[]::new);
        return new Tensor(
                all.length == 1 ? all[0] : Layout.concatRows(all),
                List.of(Dim.of(scans.size()), batch, Dim.of(size)),
                2,
                false);
    }

    private Scan scan(int direction, int gates, boolean hasCell, boolean backwards) {
        Node w = matrix(1, direction, gates * size);
        Node r = matrix(2, direction, gates * size);
        Node b = call.has(3) ? matrix(3, direction, 1).transpose() : Constants.zeros(Shape.of(2 * gates * size, 1));
        ScanBuilder builder = Scan.over(inputs).columns(batch).state("h", initial(5, direction));
        builder = hasCell ? builder.state("c", initial(6, direction)) : builder;
        builder = backwards ? builder.backwards() : builder;
        Node ofInput = Layout.sliceRows(b, 0, gates * size);
        Node ofState = Layout.sliceRows(b, gates * size, 2 * gates * size);
        return builder.step(step -> switch (gates) {
            case 4 -> longShortTerm(step, w, r, ofInput.plus(ofState));
            case 3 -> gated(step, w, r, ofInput, ofState);
            default ->
                step.next(
                        "h",
                        w.matmul(step.input())
                                .plus(r.matmul(step.state("h")))
                                .plus(ofInput.plus(ofState))
                                .tanh());
        });
    }

    /** The weights of one direction; a row for each unit. */
    private Node matrix(int operand, int direction, int rows) {
        Tensor x = call.tensor(operand);
        int axes = x.rank() - 1;
        Node all = axes == 1 ? x.matrix() : x.as(2, false);
        return Layout.sliceRows(all, direction * rows, (direction + 1) * rows);
    }

    private Node initial(int operand, int direction) {
        Dim hidden = Dim.of(size);
        if (!call.has(operand)) {
            return Constants.zeros(Shape.of(hidden, batch));
        }
        Tensor all = call.tensor(operand);
        Tensor own = LayoutRules.cut(all, 0, Whole.dim(direction), Whole.dim(direction + 1L));
        return own.as(2, false).transpose();
    }

    private ScanStep longShortTerm(ScanStep step, Node w, Node r, Node bias) {
        Node gates = w.matmul(step.input()).plus(r.matmul(step.state("h"))).plus(bias);
        Node in = gate(gates, 0).sigmoid();
        Node open = gate(gates, 1).sigmoid();
        Node forget = gate(gates, 2).sigmoid();
        Node cell = forget.times(step.state("c")).plus(in.times(gate(gates, 3).tanh()));
        return step.next("c", cell).next("h", open.times(cell.tanh()));
    }

    private ScanStep gated(ScanStep step, Node w, Node r, Node ofInput, Node ofState) {
        Node h = step.state("h");
        Node fromInput = w.matmul(step.input()).plus(ofInput);
        Node fromState = r.matmul(h).plus(ofState);
        Node update = gate(fromInput, 0).plus(gate(fromState, 0)).sigmoid();
        Node reset = gate(fromInput, 1).plus(gate(fromState, 1)).sigmoid();
        Node recurrent = call.integer("linear_before_reset", 0) != 0
                ? reset.times(gate(fromState, 2))
                : gate(r, 2).matmul(reset.times(h)).plus(gate(ofState, 2));
        Node candidate = gate(fromInput, 2).plus(recurrent).tanh();
        return step.next("h", candidate.plus(update.times(h.minus(candidate))));
    }

    private Node gate(Node all, int place) {
        return Layout.sliceRows(all, place * size, (place + 1) * size);
    }
}
