package org.gradgraph.batch;

import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a node is for a batch that is divided into blocks.
 *
 * <p>Either its rows or columns belong to examples, and {@code share} computes those of a block; or its value is the sum of
 * {@code share} over all blocks and of {@code rest}, of which one may be missing.
 */
final class Part {
    private final @Nullable Arrangement arrangement;
    private final @Nullable Node share;
    private final @Nullable Node rest;

    private Part(@Nullable Arrangement arrangement, @Nullable Node share, @Nullable Node rest) {
        this.arrangement = arrangement;
        this.share = share;
        this.rest = rest;
    }

    /** A matrix whose rows or columns belong to examples. */
    static Part ofExamples(Arrangement arrangement, Node block) {
        return new Part(arrangement, block, null);
    }

    /** A value that does not depend on examples. */
    static Part ofNone(Node value) {
        return new Part(null, null, value);
    }

    /** The sum of the shares of all blocks, and a rest. */
    static Part ofSum(Node share, @Nullable Node rest) {
        return new Part(null, share, rest);
    }

    /** Where the examples are, in a matrix of examples. */
    @Nullable
    Arrangement arrangement() {
        return arrangement;
    }

    /** What a block of examples contributes. */
    @Nullable
    Node share() {
        return share;
    }

    /** What no example contributes to. */
    @Nullable
    Node rest() {
        return rest;
    }

    boolean isSum() {
        return arrangement == null && share != null;
    }

    boolean isFree() {
        return share == null;
    }
}
