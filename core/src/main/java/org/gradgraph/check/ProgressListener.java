package org.gradgraph.check;

/**
 * Is told how far a gradient check is.
 *
 * <pre>{@code
 * GradientCheck.of(cost).at(feeds).listener((what, done, total) -> bar.stepTo(done)).verify();
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Called after each step, by the thread that checks.
     *
     * @param what what is being checked, for example {@code "w" 30×1} or {@code operations}
     * @param done the steps done
     * @param total all steps of this kind
     */
    void progress(String what, int done, int total);
}
