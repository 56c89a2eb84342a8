package org.gradgraph.graphviz;

import java.util.Arrays;

/**
 * A curve with no more points than a picture can show: of those in one column of pixels, the lowest and the highest, and
 * one that cannot be drawn only if all are such.
 */
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
        double[] y = curve.y();
        int bucket = Math.max(1, y.length / (ENOUGH * pixels));
        int[] kept = new int[y.length];
        int count = 0;
        for (int start = 0; start < y.length; start += bucket) {
            int low = start;
            int high = start;
            for (int i = start; i < Math.min(y.length, start + bucket); i++) {
                if (yScale.canDraw(y[i])) {
                    low = !yScale.canDraw(y[low]) || y[i] < y[low] ? i : low;
                    high = !yScale.canDraw(y[high]) || y[i] > y[high] ? i : high;
                }
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
