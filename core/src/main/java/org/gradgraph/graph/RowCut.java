package org.gradgraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a part out of a row.
 *
 * <p>The cotangent of a row of which only parts are read is a sum of these parts, each with a border of zeros. What is cut out
 * of it is the part itself, or zeros.
 */
final class RowCut {
    private RowCut() {}

    /** The columns from one up to another, which is not included. */
    static Node of(Node row, Dim from, Dim to) {
        List<Node> parts = new ArrayList<>();
        Deque<Node> addends = new ArrayDeque<>(List.of(row));
        while (!addends.isEmpty()) {
            Node addend = addends.pop();
            if (addend.op().orElse(null) == Arithmetic.ADD) {
                addends.addAll(addend.inputs());
            } else if (!isBordered(addend)) {
                return slice(row, from, to);
            } else {
                Node part = inside(addend, from, to);
                parts.addAll(part == null ? List.of() : List.of(part));
            }
        }
        return parts.stream()
                .reduce(Arithmetic::add)
                .orElseGet(() -> Constants.zeros(Shape.of(Dim.of(1), to.minus(from))));
    }

    private static boolean isBordered(Node node) {
        return node.op().orElse(null) instanceof BlockOps.Pad pad && pad.value() == 0;
    }

    /** What lies between two columns of a part with its border; null if that is border only. */
    private static @Nullable Node inside(Node bordered, Dim from, Dim to) {
        BlockOps.Pad pad = (BlockOps.Pad) bordered.op().orElseThrow();
        Node part = bordered.inputs().get(0);
        Dim first = pad.left();
        Dim end = first.plus(part.shape().columns());
        if (first.equals(from) && end.equals(to)) {
            return part;
        }
        boolean isBorder =
                first.minus(to).isSurelyNotNegative() || from.minus(end).isSurelyNotNegative();
        return isBorder ? null : slice(bordered, from, to);
    }

    private static Node slice(Node row, Dim from, Dim to) {
        return Node.apply(new BlockOps.Slice(Dim.offset(0), Dim.of(1), from, to), row);
    }
}
