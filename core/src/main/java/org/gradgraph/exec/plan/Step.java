package org.gradgraph.exec.plan;

/** A part of the schedule, bound to its buffers. */
interface Step {
    void run();

    /** Looks up the arrays of its buffers again: those of inputs may have been exchanged. */
    default void bind() {}

    /** Whether it usually goes over matrices, for comparing plans. */
    default boolean isPass() {
        return true;
    }

    /** How many exponentials, logarithms and the like it computes, for comparing plans. */
    default long transcendentals() {
        return 0;
    }

    /** What it does and with which kernel, for {@code explain()}. */
    String describe();
}
