package org.gradgraph.examples.console;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on the error stream if it is a terminal, and nothing in a pipe, a file or a build log.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start("training", 1000)) {
 *     progress.step();
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 78;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** Starts a piece of work that takes a number of steps. */
    public static Progress start(String task, long steps) {
        return new Progress(Streams.terminal().map(terminal -> bar(task, steps)));
    }

    private static ProgressBar bar(String task, long steps) {
        return ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    /** One step is done. */
    public void step() {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
