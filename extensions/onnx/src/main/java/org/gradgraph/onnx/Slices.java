package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.BlockOps;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;

/** The operator Slice: parts of some axes, perhaps backwards or with gaps. */
final class Slices {
    /** The part of one axis. */
    private record Part(Dim from, Dim to, long step) {}

    private Slices() {}

    static Tensor of(Tensor x, List<Dim> starts, List<Dim> ends, long[] axes, long[] steps) {
        List<Part> parts = new ArrayList<>();
        x.dims().forEach(side -> parts.add(new Part(Whole.dim(0), side, 1)));
        for (int k = 0; k < axes.length; k++) {
            int axis = x.axis(axes[k]);
            parts.set(axis, part(x.dims().get(axis), starts.get(k), ends.get(k), steps[k]));
        }
        if (x.rank() == 2 && parts.stream().allMatch(part -> part.step() == 1)) {
            Part rows = parts.get(0);
            Part columns = parts.get(1);
            return Tensor.matrix(
                    Node.apply(new BlockOps.Slice(rows.from(), rows.to(), columns.from(), columns.to()), x.matrix()));
        }
        if (x.rank() == 2 && parts.stream().allMatch(part -> isWhole(part, x, parts))) {
            return Tensor.matrix(
                    flipped(x.matrix(), parts.get(0).step() < 0, parts.get(1).step() < 0));
        }
        Tensor result = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            Part part = parts.get(axis);
            if (!part.equals(new Part(Whole.dim(0), x.dims().get(axis), 1))) {
                result = cut(result, axis, part);
            }
        }
        return result;
    }

    private static boolean isWhole(Part part, Tensor x, List<Part> parts) {
        Dim side = x.dims().get(parts.indexOf(part));
        return part.from().equals(Whole.dim(0)) && part.to().equals(side) && Math.abs(part.step()) == 1;
    }

    private static Node flipped(Node x, boolean rows, boolean columns) {
        return rows && columns ? Layout.flip(x) : rows ? Layout.flipRows(x) : Layout.flipColumns(x);
    }

    /** A part that goes backwards over everything is written as the whole axis. */
    private static Part part(Dim side, Dim start, Dim end, long step) {
        if (step < 0) {
            boolean isAll = start.isFixed()
                    && (Sides.constant(start) == -1
                            || Sides.constant(start) >= Tensor.FAR
                            || start.equals(side.minus(Dim.of(1))))
                    && end.isFixed()
                    && Sides.constant(end) <= -Tensor.FAR;
            if (step != -1 || !isAll) {
                throw new OnnxException("a part that goes backwards must be the whole axis");
            }
            return new Part(Whole.dim(0), side, -1);
        }
        if (step == 0) {
            throw new OnnxException("a step is 0");
        }
        return new Part(place(side, start), place(side, end), step);
    }

    /** Counted from the end if it is negative, and never outside. */
    private static Dim place(Dim side, Dim place) {
        if (!place.isFixed()) {
            return place;
        }
        long fixed = Sides.constant(place);
        if (!side.isFixed()) {
            return fixed >= Tensor.FAR ? side : fixed < 0 ? side.plus(place) : place;
        }
        long size = Sides.constant(side);
        return Whole.dim(Math.max(0, Math.min(size, fixed < 0 ? fixed + size : fixed)));
    }

    private static Tensor cut(Tensor x, int axis, Part part) {
        if (part.step() == 1) {
            return LayoutRules.cut(x, axis, part.from(), part.to());
        }
        long from = Whole.value(part.from());
        long to = Whole.value(part.to());
        int count = Limits.places(part.step() < 0 ? to - from : -Math.floorDiv(from - to, part.step()));
        long[] places = new long[count];
        for (int k = 0; k < count; k++) {
            places[k] = part.step() < 0 ? to - 1 - k : from + k * part.step();
        }
        return taken(x, axis, places);
    }

    /** Chosen places of an axis. */
    static Tensor taken(Tensor x, int axis, long... chosen) {
        List<Dim> dims = new ArrayList<>(x.dims());
        int size = (int) Whole.value(x.dims().get(axis));
        dims.set(axis, Whole.dim(chosen.length));
        boolean rows = axis == 0;
        int inner = rows ? 1 : Limits.elements(x.dims().subList(axis + 1, x.rank()));
        int[] places = new int[Limits.places((long) chosen.length * inner)];
        for (int k = 0; k < places.length; k++) {
            long place = chosen[k / inner];
            if (place < -size || place >= size) {
                throw new OnnxException("there is no place " + place + " of " + size);
            }
            places[k] = (int) (place < 0 ? place + size : place) * inner + k % inner;
        }
        if (rows) {
            int split = Math.min(1, x.rank());
            return new Tensor(Indexing.gatherRows(x.as(split, false), places), dims, split, false);
        }
        return new Tensor(Indexing.gatherRows(x.as(axis, true), places), dims, axis, true);
    }
}
