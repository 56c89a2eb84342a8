package org.gradgraph.check;

import java.util.List;
import java.util.StringJoiner;

/** The wording of reports. */
final class ReportText {
    private static final int SHOWN = 5;

    private ReportText() {}

    static String text(GradientReport report) {
        if (report.verdict() == Verdict.RIGHT) {
            return "gradient check passed: " + report.summary();
        }
        StringJoiner text = new StringJoiner("\n");
        text.add(headline(report));
        report.nonFinite().lines().forEach(line -> text.add("  " + line));
        shown(report.blames()).forEach(blame -> text.add("  " + blame));
        more(report.blames().size(), text, "  ");
        if (report.rightOperations() > 0 && faulty(report)) {
            text.add("  " + others(report));
        }
        List<GradientReport.Entry> notable = notable(report);
        if (!notable.isEmpty()) {
            text.add("worst entries of the gradient of " + report.cost() + " (" + report.source() + "):");
            shown(notable).forEach(entry -> text.add("  " + entry));
            more(notable.size(), text, "  ");
        }
        return text.add("(" + report.circumstances() + ")").toString();
    }

    static String markdown(GradientReport report) {
        StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("**" + (report.verdict() == Verdict.RIGHT ? "gradient check passed" : headline(report)) + "**")
                .add("");
        report.nonFinite().lines().forEach(line -> text.add("    " + line));
        shown(report.blames()).forEach(blame -> text.add("- " + blame));
        more(report.blames().size(), text, "- ");
        if (report.rightOperations() > 0 && faulty(report)) {
            text.add("- " + others(report));
        }
        text.add("").add("| entry | analytic | numeric | verdict |").add("|---|---|---|---|");
        for (GradientReport.Entry entry : shown(report.entries())) {
            text.add("| " + entry.where().replace("|", "\\|") + " | " + Numbers.of(entry.analytic()) + " | "
                    + Numbers.of(entry.numeric(), entry.tolerance()) + " | " + entry.verdict() + " |");
        }
        return text.add("").add(report.circumstances()).toString();
    }

    private static String headline(GradientReport report) {
        long wrong = report.entries().stream().filter(entry -> !entry.passed()).count();
        return switch (report.verdict()) {
            case RIGHT -> "gradient check passed: " + report.summary();
            case NOT_DIFFERENTIABLE ->
                "gradient check passed: " + report.summary()
                        + "; not differentiable here, and the derivative lies between the slopes of both sides";
            case WRONG ->
                "gradient check failed: " + wrong + " of " + report.entries().size()
                        + (wrong == 1 ? " entries is wrong" : " entries are wrong");
            case NOT_FINITE -> "gradient check failed: a value or derivative is not finite at this point";
            case NOT_REPEATABLE -> "gradient check failed: computing the same twice gives different values";
        };
    }

    private static boolean faulty(GradientReport report) {
        return report.blames().stream().anyMatch(blame -> blame.fault() == Blame.Fault.DERIVATIVE);
    }

    private static String others(GradientReport report) {
        return "every other operation on the path is right (" + report.rightOperations() + " checked)";
    }

    private static List<GradientReport.Entry> notable(GradientReport report) {
        return report.entries().stream()
                .filter(entry -> entry.verdict() != Verdict.RIGHT)
                .toList();
    }

    private static <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(SHOWN, all.size()));
    }

    private static void more(int size, StringJoiner text, String indent) {
        if (size > SHOWN) {
            text.add(indent + "… and " + (size - SHOWN) + " more");
        }
    }
}
