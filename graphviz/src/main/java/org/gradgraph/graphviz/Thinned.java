package org.gradgraph.graphviz;

import java.util.Arrays;

/** A curve with no more points than a picture can show: of those in one column of pixels, the lowest and the highest. */
final class Thinned {
    private static final int ENOUGH = 4;

    private final Curve curve;
    private final Scale xScale;
    private final Scale yScale;
    private final int[] kept;

    private Thinned(Curve curve, Scale xScale, Scale yScale, int[] kept) {
        this.curve = curve;
        this.xScale = xScale;
        this.yScale = yScale;
        this.kept = kept;
    }

    static Thinned of(Curve curve, Scale xScale, Scale yScale, int pixels) {
        int size = curve.y().length;
        int bucket = Math.max(1, size / (ENOUGH * pixels));
        int[] kept = new int[size];
        int count = 0;
        for (int start = 0; start < size; start += bucket) {
            int end = Math.min(size, start + bucket);
            int low = start;
            int high = start;
            for (int i = start; i < end; i++) {
                low = curve.y()[i] < curve.y()[low] ? i : low;
                high = curve.y()[i] > curve.y()[high] ? i : high;
            }
            kept[count++] = Math.min(low, high);
            if (low != high) {
                kept[count++] = Math.max(low, high);
            }
        }
        return new Thinned(curve, xScale, yScale, Arrays.copyOf(kept, count));
    }

    int size() {
        return kept.length;
    }

    boolean canDraw(int i) {
        return xScale.canDraw(x(i)) && yScale.canDraw(y(i));
    }

    double x(int i) {
        return curve.x()[kept[i]];
    }

    double y(int i) {
        return curve.y()[kept[i]];
    }
}
