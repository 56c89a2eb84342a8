package org.gradgraph.batch;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.batch.Arrangement.Order;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.jspecify.annotations.Nullable;

/**
 * What a loop is for a batch: one over the steps of all examples at once, in columns, or one whose steps are the examples.
 */
final class LoopParts {
    private static final Arrangement COLUMNS = new Arrangement(Over.EACH_COLUMN, Order.INTERLEAVED);

    private final Node node;
    private final LoopBody body;
    private final List<Part> operands;
    private final Dim m;

    LoopParts(Node node, LoopBody body, List<Part> operands, Dim m) {
        this.node = node;
        this.body = body;
        this.operands = operands;
        this.m = m;
    }

    /**
     * The part of the loop.
     *
     * @param block the loop over a block of examples
     */
    Part part(Node block) {
        return Arrangement.depends(body.steps(), m) ? ofEachExample(block) : ofColumns(block);
    }

    /** Every value of the body has columns that belong to examples, or none has. */
    private Part ofColumns(Node block) {
        ExampleAnalysis inside = new ExampleAnalysis(m, node, node);
        List<Node> placeholders = placeholders();
        int slices = body.slices().size();
        for (int k = 0; k < placeholders.size(); k++) {
            Arrangement arrangement = operands.get(k).arrangement();
            boolean isRow = arrangement != null && arrangement.lanes() == Over.EACH_ROW;
            if (operands.get(k).isSum() || (isRow && k < slices)) {
                throw refuse("does not keep the " + m + " examples apart");
            }
            give(inside, placeholders.get(k), arrangement);
        }
        int withExamples = 0;
        List<Node> results = body.results();
        int states = results.size() - body.states().size();
        for (int k = 0; k < results.size(); k++) {
            Part part = inside.of(results.get(k));
            Arrangement arrangement = part.arrangement();
            boolean isColumns = arrangement != null && COLUMNS.and(arrangement) != null;
            boolean stays = k < states
                    || (arrangement == null
                            ? operands.get(slices + k - states).arrangement() == null
                            : arrangement.and(operands.get(slices + k - states).arrangement()) != null);
            if (part.isSum() || (arrangement != null && !isColumns) || !stays) {
                throw refuse("does not keep the " + m + " examples apart");
            }
            withExamples += isColumns ? 1 : 0;
        }
        if (inside.readsTotal() || (withExamples != 0 && withExamples != results.size())) {
            throw refuse("holds values of the " + m + " examples beside others");
        }
        return withExamples == 0 ? Part.ofNone(block) : Part.ofExamples(COLUMNS, block);
    }

    /** Steps that hand nothing to each other, each with the rows of one example. */
    private Part ofEachExample(Node block) {
        boolean isApart = body.steps().equals(m) && body.states().isEmpty();
        ExampleAnalysis inside = new ExampleAnalysis(m, node, node);
        List<Node> placeholders = placeholders();
        Arrangement rows = new Arrangement(Over.EACH_ROW, Order.TOGETHER);
        for (int k = 0; k < placeholders.size(); k++) {
            Arrangement arrangement = operands.get(k).arrangement();
            isApart &= !operands.get(k).isSum()
                    && (k < body.slices().size() ? rows.and(arrangement) != null : arrangement == null)
                    && !Arrangement.depends(placeholders.get(k).shape(), m);
            give(inside, placeholders.get(k), null);
        }
        for (Node result : body.results()) {
            isApart = isApart && inside.of(result).isFree() && !inside.readsTotal();
        }
        if (!isApart
                || (body.outputs().size() > 1
                        || body.outputs().isEmpty() == body.sums().isEmpty())) {
            throw refuse("goes from example to example");
        }
        return body.outputs().isEmpty()
                ? Part.ofSum(block, null)
                : Part.ofExamples(Arrangement.of(node.shape(), Over.EACH_COLUMN, Order.TOGETHER, m), block);
    }

    private List<Node> placeholders() {
        List<Node> placeholders = new ArrayList<>(body.slices());
        placeholders.addAll(body.states());
        placeholders.addAll(body.shared());
        return placeholders;
    }

    private static void give(ExampleAnalysis inside, Node placeholder, @Nullable Arrangement arrangement) {
        inside.given(
                placeholder,
                arrangement == null ? Part.ofNone(placeholder) : Part.ofExamples(arrangement, placeholder));
    }

    private Refusal refuse(String reason) {
        return new Refusal(node, reason);
    }
}
