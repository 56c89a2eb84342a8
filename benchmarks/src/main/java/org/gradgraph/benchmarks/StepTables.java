package org.gradgraph.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gradgraph.benchmarks.Setting.Role;
import org.gradgraph.benchmarks.step.Workload;

/** The tables of times: ratios first, then all medians. */
final class StepTables {
    private static final double BLAS_GOAL = 1.3;

    private final Times times;
    private final List<Setting> settings;
    private final int threads;

    StepTables(Times times, List<Setting> settings, int threads) {
        this.times = times;
        this.settings = settings;
        this.threads = threads;
    }

    /** What gradgraph, and a loop by hand, need of the time of the best PyTorch. */
    String ratios() {
        MarkdownTable table = new MarkdownTable(
                List.of("a whole step", "best PyTorch", "vector", "goal", "default", "goal", "by hand"));
        for (Workload workload : times.workloads()) {
            OptionalDouble whole = times.best(workload, Role.PYTORCH)
                    .map(best -> times.median(workload, best))
                    .orElse(OptionalDouble.empty());
            table.row(List.of(
                    workload.title(),
                    Figures.time(whole),
                    Figures.ratio(times.median(workload, Role.VECTOR, threads), whole, workload.vectorGoal()),
                    Figures.goal(workload.vectorGoal()),
                    Figures.ratio(times.median(workload, Role.DEFAULT, threads), whole, workload.defaultGoal()),
                    Figures.goal(workload.defaultGoal()),
                    Figures.ratio(times.median(workload, Role.HAND, 1), whole, Double.NaN)));
        }
        boolean products = times.workloads().stream().anyMatch(Workload::isProduct);
        return table + (products ? "\n" + blas() : "");
    }

    private String blas() {
        MarkdownTable table =
                new MarkdownTable(List.of("one thread each", "OpenBLAS", "vector", "goal", "default", "by hand, EJML"));
        for (Workload workload : times.workloads()) {
            if (workload.isProduct()) {
                OptionalDouble whole = times.median(workload, Role.BLAS, 1);
                table.row(List.of(
                        workload.title(),
                        Figures.time(whole),
                        Figures.ratio(times.median(workload, Role.VECTOR, 1), whole, BLAS_GOAL),
                        Figures.goal(BLAS_GOAL),
                        Figures.ratio(times.median(workload, Role.DEFAULT, 1), whole, Double.NaN),
                        Figures.ratio(times.median(workload, Role.HAND, 1), whole, Double.NaN)));
            }
        }
        return table.toString();
    }

    /** Every pair in which gradgraph, with or without a flag, is slower than a peer or than loops by hand. */
    String slower() {
        MarkdownTable table =
                new MarkdownTable(List.of("a peer is ahead", "peer", "its time", "vector takes", "default takes"));
        for (Workload workload : times.workloads()) {
            times.best(workload, Role.PYTORCH)
                    .ifPresent(best -> compare(table, workload, best.title(), times.median(workload, best), threads));
            compare(table, workload, "loops by hand", times.median(workload, Role.HAND, 1), threads);
            compare(table, workload, "OpenBLAS, 1 thread", times.median(workload, Role.BLAS, 1), 1);
        }
        return table.toString();
    }

    private void compare(MarkdownTable table, Workload workload, String peer, OptionalDouble time, int own) {
        String vector = times(times.median(workload, Role.VECTOR, own), time);
        String standard = times(times.median(workload, Role.DEFAULT, own), time);
        if (!(vector + standard).equals(Figures.NONE + Figures.NONE)) {
            String thread = own == 1 ? " on one thread each" : "";
            table.row(List.of(workload.title() + thread, peer, Figures.time(time), vector, standard));
        }
    }

    /** How many times as long; nothing if it is not longer. */
    private static String times(OptionalDouble mine, OptionalDouble peer) {
        boolean isLonger = mine.isPresent() && peer.isPresent() && mine.getAsDouble() > peer.getAsDouble();
        return isLonger ? Figures.digits(mine.getAsDouble() / peer.getAsDouble()) + " times as long" : Figures.NONE;
    }

    /** The medians of all, one row for each contestant. */
    String medians() {
        List<String> titles = new ArrayList<>(List.of("median of a step"));
        times.workloads().forEach(workload -> titles.add(workload.title()));
        MarkdownTable table = new MarkdownTable(titles);
        for (Setting setting : settings) {
            List<String> row = new ArrayList<>(List.of(setting.title()));
            times.workloads().forEach(workload -> row.add(Figures.time(times.median(workload, setting))));
            table.row(row);
        }
        return table.toString();
    }
}
