package org.gradgraph.exec.plan;

import org.jspecify.annotations.Nullable;

/** A step that leaves out what only fallbacks need while their conditions hold. */
final class GuardedStep implements Step {
    private final Guard[] guards;
    private final @Nullable Step usual;
    private final Step full;

    /**
     * Chooses between two steps.
     *
     * @param guards what must hold for the usual step
     * @param usual the step without fallbacks; null if nothing is left of it
     * @param full the step with them
     */
    GuardedStep(Guard[] guards, @Nullable Step usual, Step full) {
        this.guards = guards;
        this.usual = usual;
        this.full = full;
    }

    @Override
    public void run() {
        Step step = allHold() ? usual : full;
        if (step != null) {
            step.run();
        }
    }

    private boolean allHold() {
        for (Guard guard : guards) {
            if (!guard.holds()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void bind() {
        full.bind();
        if (usual != null) {
            usual.bind();
        }
    }

    @Override
    public long transcendentals() {
        return usual == null ? 0 : usual.transcendentals();
    }

    @Override
    public boolean isPass() {
        return usual != null && usual.isPass();
    }

    @Override
    public String describe() {
        return usual == null
                ? "only for fallbacks: " + full.describe()
                : usual.describe() + "; with fallbacks: " + full.describe();
    }
}
