package org.gradgraph.exec.plan;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.View;
import org.gradgraph.graph.View.Strides;

/** Copies the elements of a view that cannot be read where they are. */
final class ViewStep implements Step {
    /** Squares of so many rows and columns stay in the first-level cache, whichever way they are read. */
    private static final int SQUARE = 32;

    private final View view;
    private final Strides at;
    private final DMatrixRMaj from;
    private final DMatrixRMaj out;

    ViewStep(View view, DMatrixRMaj from, DMatrixRMaj out) {
        this.view = view;
        this.at = view.strides(from.numRows, from.numCols);
        this.from = from;
        this.out = out;
    }

    @Override
    public void run() {
        int width = out.numCols;
        for (int i = 0; i < out.numRows && Math.abs(at.right()) <= 1; i++) {
            int source = at.first() + i * at.down();
            if (at.right() == 1) {
                System.arraycopy(from.data, source, out.data, i * width, width);
            } else if (at.right() == 0) {
                Arrays.fill(out.data, i * width, (i + 1) * width, from.data[source]);
            } else {
                strided(i, 0, width);
            }
        }
        for (int i = 0; i < out.numRows && Math.abs(at.right()) > 1; i += SQUARE) {
            for (int j = 0; j < width; j += SQUARE) {
                for (int row = i; row < Math.min(out.numRows, i + SQUARE); row++) {
                    strided(row, j, Math.min(width, j + SQUARE));
                }
            }
        }
    }

    private void strided(int row, int start, int end) {
        int source = at.first() + row * at.down();
        int to = row * out.numCols;
        for (int j = start; j < end; j++) {
            out.data[to + j] = from.data[source + j * at.right()];
        }
    }

    @Override
    public String describe() {
        return view.label() + ", copied";
    }
}
