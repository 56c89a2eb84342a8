package org.gradgraph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The wording of reports. */
final class ReportText {
    private static final int SHOWN = 5;
    private static final String REMEDY = "take another point, or scale what goes in";

    private ReportText() {}

    static String text(GradientReport report) {
        StringJoiner text = new StringJoiner("\n");
        text.add(headline(report));
        report.nonFinite().lines().forEach(line -> text.add("  " + line));
        findings(report).forEach(line -> text.add("  " + line));
        if (report.verdict() == Verdict.RIGHT) {
            return text.toString();
        }
        List<GradientReport.Entry> notable = notable(report);
        if (!notable.isEmpty()) {
            text.add("worst entries of the gradient of " + report.cost() + " (" + report.source() + "):");
            shown(notable).forEach(entry -> text.add("  " + entry));
            more(notable.size()).forEach(line -> text.add("  " + line));
        }
        return text.add("(" + report.circumstances() + ")").toString();
    }

    static String markdown(GradientReport report) {
        StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("**" + headline(report) + "**").add("");
        if (!report.nonFinite().isEmpty()) {
            text.add("```text").add(report.nonFinite()).add("```").add("");
        }
        List<String> findings = findings(report);
        if (!findings.isEmpty()) {
            findings.forEach(line -> text.add("- " + escaped(line)));
            text.add("");
        }
        if (!report.entries().isEmpty()) {
            text.add("| entry | analytic | numeric | verdict |").add("|---|---|---|---|");
            for (GradientReport.Entry entry : shown(report.entries())) {
                text.add("| " + escaped(entry.where()) + " | " + Numbers.of(entry.analytic()) + " | " + entry.measured()
                        + " | " + entry.verdict() + " |");
            }
            text.add("");
        }
        return text.add(report.circumstances()).toString();
    }

    /** What Markdown would take for something else; code in backquotes stays as it is. */
    private static String escaped(String line) {
        return line.replaceAll("([|*_<\\[\\\\])", "\\\\$1");
    }

    private static List<String> findings(GradientReport report) {
        List<String> lines = new ArrayList<>();
        shown(report.blames()).forEach(blame -> lines.add(blame.toString()));
        lines.addAll(more(report.blames().size()));
        if (report.rightOperations() > 0) {
            lines.addAll(operations(report));
        }
        if (report.blames().stream().anyMatch(blame -> blame.fault() == Blame.Fault.UNRESOLVED)) {
            lines.add(REMEDY);
        }
        lines.addAll(report.notes());
        return lines;
    }

    private static List<String> operations(GradientReport report) {
        String checked = " (" + report.rightOperations() + " checked)";
        if (faulty(report)) {
            return List.of("every other operation on the path is right" + checked);
        }
        return switch (report.verdict()) {
            case RIGHT ->
                List.of(
                        "the whole alone could hide an error here, so each operation was compared by itself: all are right"
                                + checked);
            case INCONCLUSIVE ->
                report.blames().isEmpty()
                        ? List.of("every operation on the path is right by itself" + checked
                                + ", and their cotangents are added up rightly; only the whole does not match: "
                                + REMEDY)
                        : List.of();
            default -> List.of();
        };
    }

    private static String headline(GradientReport report) {
        return switch (report.verdict()) {
            case RIGHT -> "gradient check passed: " + report.summary();
            case NOT_DIFFERENTIABLE ->
                "gradient check passed: " + report.summary() + "; not differentiable here, and "
                        + (report.entries().stream().allMatch(GradientReport.Entry::passed)
                                ? "the derivative lies between the slopes of both sides"
                                : "each operation keeps between the slopes of its own two sides");
            case INCONCLUSIVE ->
                "gradient check failed: "
                        + (report.blames().isEmpty() && report.rightOperations() == 0
                                ? "nothing to compare, since no parameter moves the cost"
                                : "inconclusive, differences cannot tell whether the gradient is right");
            case WRONG -> "gradient check failed: " + wrong(report);
            case NOT_FINITE -> "gradient check failed: a value or derivative is not finite at this point, or beside it";
            case NOT_REPEATABLE -> "gradient check failed: computing the same twice gives different values";
        };
    }

    private static String wrong(GradientReport report) {
        long wrong = report.entries().stream()
                .filter(entry -> entry.verdict() == Verdict.WRONG)
                .count();
        if (wrong == 0) {
            return "an operation is wrong, though the whole does not show it at this point";
        }
        return wrong + " of " + report.entries().size() + (wrong == 1 ? " entries is wrong" : " entries are wrong");
    }

    private static boolean faulty(GradientReport report) {
        return report.blames().stream().anyMatch(blame -> blame.fault() == Blame.Fault.DERIVATIVE);
    }

    private static List<GradientReport.Entry> notable(GradientReport report) {
        return report.entries().stream()
                .filter(entry -> entry.verdict() != Verdict.RIGHT)
                .toList();
    }

    private static <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(SHOWN, all.size()));
    }

    private static List<String> more(int size) {
        return size > SHOWN ? List.of("… and " + (size - SHOWN) + " more") : List.of();
    }
}
