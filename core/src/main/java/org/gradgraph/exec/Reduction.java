package org.gradgraph.exec;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.graph.NormOps.Norm2;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.ReductionOps.Mean;

/**
 * A sum, mean or norm that is taken tile by tile while a pass runs.
 *
 * <p>Each tile, row or unit has a partial sum of its own; at the end they are added as a fixed tree, so the result does
 * not depend on who computed which tile.
 */
abstract class Reduction {
    final Kernels kernels;
    final Tiles tiles;
    final DMatrixRMaj out;
    final double[] partial;

    private Reduction(Kernels kernels, Tiles tiles, DMatrixRMaj out, int partials) {
        this.kernels = kernels;
        this.tiles = tiles;
        this.out = out;
        this.partial = new double[partials];
    }

    /** What an operation reduces; a sum over everything, each row or each column has the shape of its result. */
    static Reduction of(Op op, Kernels kernels, Tiles tiles, DMatrixRMaj out, int workers) {
        if (op instanceof Norm2) {
            return new Norm(kernels, tiles, out, workers);
        }
        if (out.getNumElements() == 1) {
            return new Total(kernels, tiles, out, op instanceof Mean);
        }
        return out.numCols == 1 ? new EachRow(kernels, tiles, out) : new EachColumn(kernels, tiles, out, workers);
    }

    /** Takes in one tile, whose elements are the first of {@code x}. */
    abstract void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker);

    /** Adds the partial sums; false if the pass must run once more. */
    abstract boolean finish();

    private static final class Total extends Reduction {
        private final boolean mean;
        private boolean scaled;

        Total(Kernels kernels, Tiles tiles, DMatrixRMaj out, boolean mean) {
            super(kernels, tiles, out, tiles.down() * tiles.across());
            this.mean = mean;
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            int tile = row / tiles.tileRows() * tiles.across() + column / tiles.tileColumns();
            int n = tileRows * tileColumns;
            partial[tile] = scaled ? scaledSum(x, n) : kernels.sum(x, 0, n);
        }

        private double scaledSum(double[] x, int n) {
            double total = 0;
            for (int i = 0; i < n; i++) {
                total += x[i] / tiles.elements();
            }
            return total;
        }

        /** A sum that overflows may still have a finite mean: then the elements are divided before they are added. */
        @Override
        boolean finish() {
            SumTree.add(kernels, partial, 0, partial.length, 1);
            boolean divides = mean && !scaled;
            out.data[0] = divides ? partial[0] / tiles.elements() : partial[0];
            scaled = divides && Double.isInfinite(partial[0]);
            return !scaled;
        }
    }

    /** The root of the sum of squares; elements whose squares overflow or underflow are scaled in a second pass. */
    private static final class Norm extends Reduction {
        private final double[][] squares;
        private double scale = 1;

        Norm(Kernels kernels, Tiles tiles, DMatrixRMaj out, int workers) {
            super(kernels, tiles, out, tiles.down() * tiles.across());
            this.squares = new double[workers][tiles.tileRows() * tiles.tileColumns()];
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            int tile = row / tiles.tileRows() * tiles.across() + column / tiles.tileColumns();
            int n = tileRows * tileColumns;
            double[] square = squares[worker];
            for (int i = 0; i < n; i++) {
                double scaled = x[i] * scale;
                square[i] = scaled * scaled;
            }
            partial[tile] = kernels.sum(square, 0, n);
        }

        @Override
        boolean finish() {
            SumTree.add(kernels, partial, 0, partial.length, 1);
            double needed = scale == 1 ? Norm2.rescale(partial[0]) : 1;
            if (needed != 1) {
                scale = needed;
                return false;
            }
            out.data[0] = Math.sqrt(partial[0]) / scale;
            scale = 1;
            return true;
        }
    }

    private static final class EachRow extends Reduction {
        EachRow(Kernels kernels, Tiles tiles, DMatrixRMaj out) {
            super(kernels, tiles, out, tiles.rows() * tiles.across());
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            int across = column / tiles.tileColumns();
            for (int i = 0; i < tileRows; i++) {
                partial[(row + i) * tiles.across() + across] = kernels.sum(x, i * tileColumns, tileColumns);
            }
        }

        @Override
        boolean finish() {
            for (int i = 0; i < tiles.rows(); i++) {
                int first = i * tiles.across();
                SumTree.add(kernels, partial, first, tiles.across(), 1);
                out.data[i] = partial[first];
            }
            return true;
        }
    }

    private static final class EachColumn extends Reduction {
        private final double[][] ofTile;

        EachColumn(Kernels kernels, Tiles tiles, DMatrixRMaj out, int workers) {
            super(kernels, tiles, out, tiles.unitsDown() * tiles.columns());
            this.ofTile = new double[workers][tiles.tileColumns()];
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            double[] sum = ofTile[worker];
            System.arraycopy(x, 0, sum, 0, tileColumns);
            for (int i = 1; i < tileRows; i++) {
                kernels.add(x, i * tileColumns, sum, 0, tileColumns);
            }
            int to = row / tiles.unitRows() * tiles.columns() + column;
            if (row % tiles.unitRows() == 0) {
                System.arraycopy(sum, 0, partial, to, tileColumns);
            } else {
                kernels.add(sum, 0, partial, to, tileColumns);
            }
        }

        @Override
        boolean finish() {
            SumTree.add(kernels, partial, 0, tiles.unitsDown(), tiles.columns());
            System.arraycopy(partial, 0, out.data, 0, tiles.columns());
            return true;
        }
    }
}
