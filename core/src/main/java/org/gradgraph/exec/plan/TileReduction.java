package org.gradgraph.exec.plan;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Over;

/**
 * A reduction that is taken tile by tile while a pass runs.
 *
 * <p>Each tile, row or unit has a partial result of its own; at the end they are folded as a fixed tree, so the result does
 * not depend on which thread computed which tile.
 */
abstract class TileReduction {
    final Folder folder;
    final Tiles tiles;
    final DMatrixRMaj out;
    final double[] partial;

    private TileReduction(Folder folder, Tiles tiles, DMatrixRMaj out, int partials) {
        this.folder = folder;
        this.tiles = tiles;
        this.out = out;
        this.partial = new double[partials];
    }

    static TileReduction of(Over over, Folder folder, Tiles tiles, DMatrixRMaj out, int workers) {
        if (out.getNumElements() == 1) {
            return new Total(folder, tiles, out);
        }
        return over == Over.EACH_ROW ? new EachRow(folder, tiles, out) : new EachColumn(folder, tiles, out, workers);
    }

    /** Takes in one tile, whose elements are the first of {@code x}. */
    abstract void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker);

    /** Folds the partial results. */
    abstract void finish();

    private static final class Total extends TileReduction {
        Total(Folder folder, Tiles tiles, DMatrixRMaj out) {
            super(folder, tiles, out, tiles.down() * tiles.across());
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            int tile = row / tiles.tileRows() * tiles.across() + column / tiles.tileColumns();
            partial[tile] = folder.fold(x, 0, tileRows * tileColumns);
        }

        @Override
        void finish() {
            folder.tree(partial, 0, partial.length, 1);
            out.data[0] = partial[0];
        }
    }

    private static final class EachRow extends TileReduction {
        EachRow(Folder folder, Tiles tiles, DMatrixRMaj out) {
            super(folder, tiles, out, tiles.rows() * tiles.across());
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            int across = column / tiles.tileColumns();
            for (int i = 0; i < tileRows; i++) {
                partial[(row + i) * tiles.across() + across] = folder.fold(x, i * tileColumns, tileColumns);
            }
        }

        @Override
        void finish() {
            for (int i = 0; i < tiles.rows(); i++) {
                int first = i * tiles.across();
                folder.tree(partial, first, tiles.across(), 1);
                out.data[i] = partial[first];
            }
        }
    }

    private static final class EachColumn extends TileReduction {
        private final double[][] ofTile;

        EachColumn(Folder folder, Tiles tiles, DMatrixRMaj out, int workers) {
            super(folder, tiles, out, tiles.unitsDown() * tiles.columns());
            this.ofTile = new double[workers][tiles.tileColumns()];
        }

        @Override
        void tile(double[] x, int row, int column, int tileRows, int tileColumns, int worker) {
            double[] result = ofTile[worker];
            System.arraycopy(x, 0, result, 0, tileColumns);
            for (int i = 1; i < tileRows; i++) {
                folder.into(x, i * tileColumns, result, 0, tileColumns);
            }
            int to = row / tiles.unitRows() * tiles.columns() + column;
            if (row % tiles.unitRows() == 0) {
                System.arraycopy(result, 0, partial, to, tileColumns);
            } else {
                folder.into(result, 0, partial, to, tileColumns);
            }
        }

        @Override
        void finish() {
            folder.tree(partial, 0, tiles.unitsDown(), tiles.columns());
            System.arraycopy(partial, 0, out.data, 0, tiles.columns());
        }
    }
}
