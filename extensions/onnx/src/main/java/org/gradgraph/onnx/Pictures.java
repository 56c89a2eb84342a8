package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;

/** Borders around the axes of each example. */
final class Pictures {
    private Pictures() {}

    /** A border of one number: the first half of the widths is before each axis, the second behind it. */
    static Tensor padded(Tensor x, int[] widths, double value) {
        int rank = x.rank();
        if (rank == 0
                || widths[0] != 0
                || widths[rank] != 0
                || Arrays.stream(widths).anyMatch(width -> width < 0)) {
            throw new OnnxException("borders around examples, or negative ones, are not imported");
        }
        int[] sizes = Broadcasts.sizes(x.dims().subList(1, rank));
        List<Dim> dims = new ArrayList<>(List.of(x.dims().get(0)));
        for (int axis = 1; axis < rank; axis++) {
            dims.add(Whole.dim((long) sizes[axis - 1] + widths[axis] + widths[rank + axis]));
        }
        int[] targets = Broadcasts.sizes(dims.subList(1, rank));
        int outside = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        int[] places = new int[Limits.elements(dims.subList(1, rank))];
        for (int k = 0; k < places.length; k++) {
            int rest = k;
            int step = 1;
            boolean inside = true;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                int place = rest % targets[axis] - widths[axis + 1];
                inside &= place >= 0 && place < sizes[axis];
                places[k] += place * step;
                rest /= targets[axis];
                step *= sizes[axis];
            }
            places[k] = inside ? places[k] : outside;
        }
        return new Tensor(taken(x.pictures(), places, value), dims, 1, true);
    }

    /** Rows by their places; the place after the last one is a row of one number. */
    static Node taken(Node x, int[] places, double outside) {
        return Indexing.gatherRows(Layout.pad(x, 0, 1, 0, 0, outside), places);
    }
}
