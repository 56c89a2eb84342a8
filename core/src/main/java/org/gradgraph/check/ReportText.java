package org.gradgraph.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.gradgraph.check.GradientReport.Entry;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.graph.Notation;

/** The wording of reports. */
final class ReportText {
    private static final int SHOWN = 5;
    private static final int DIGITS = 10;
    private static final String REMEDY = "choose another point, or scale the inputs";

    private ReportText() {}

    static String text(GradientReport report) {
        StringJoiner text = new StringJoiner("\n");
        text.add(headline(report));
        report.nonFinite().lines().forEach(line -> text.add("  " + line));
        details(report).forEach(line -> text.add("  " + line));
        if (report.verdict() == Verdict.RIGHT) {
            return text.toString();
        }
        List<Entry> notable = report.entries().stream()
                .filter(entry -> entry.verdict() != Verdict.RIGHT)
                .toList();
        if (!notable.isEmpty()) {
            text.add("worst entries of the gradient of " + report.cost() + " (" + report.source() + "):");
            shown(notable).forEach(line -> text.add("  " + line));
        }
        return text.add("(" + circumstances(report) + ")").toString();
    }

    static String markdown(GradientReport report) {
        StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("**" + headline(report) + "**").add("");
        if (!report.nonFinite().isEmpty()) {
            text.add("```text").add(report.nonFinite()).add("```").add("");
        }
        List<String> details = details(report);
        if (!details.isEmpty()) {
            details.forEach(line -> text.add("- " + escaped(line)));
            text.add("");
        }
        if (!report.entries().isEmpty()) {
            text.add("| entry | analytic | numeric | verdict |").add("|---|---|---|---|");
            report.entries().stream()
                    .limit(SHOWN)
                    .forEach(entry -> text.add("| " + escaped(entry.where()) + " | " + number(entry.analytic()) + " | "
                            + measured(entry) + " | " + entry.verdict() + " |"));
            text.add("");
        }
        return text.add(circumstances(report)).toString();
    }

    /** Characters that Markdown takes for markup; code in backquotes stays as it is. */
    private static String escaped(String line) {
        return line.replaceAll("([|*_<\\[\\\\])", "\\\\$1");
    }

    static String entry(Entry entry) {
        return entry.where() + ": analytic " + number(entry.analytic()) + ", " + (isKink(entry) ? "" : "numeric ")
                + measured(entry);
    }

    /** The result of the differences: the numeric value, or the slopes of both sides. */
    private static String measured(Entry entry) {
        double error = entry.tolerance();
        return isKink(entry)
                ? "slopes " + number(entry.left(), error) + " and " + number(entry.right(), error)
                : number(entry.numeric(), error);
    }

    private static boolean isKink(Entry entry) {
        return entry.left() != entry.right() && !Double.isNaN(entry.left());
    }

    static String finding(Finding finding) {
        String node = finding.node() + " (" + finding.source() + ")";
        String operation = "operation `" + finding.operation() + "` (" + finding.node() + ", " + finding.source() + ")"
                + (finding.gradientOf().isEmpty() ? "" : " in the gradient of `" + finding.gradientOf() + "`") + ": ";
        String operand = finding.worst().map(Entry::node).orElse("");
        String input = "with respect to input " + finding.input() + ", " + operand;
        String place = finding.worst().map(ReportText::place).orElse("");
        String analytic = finding.worst()
                .map(entry -> ": analytic " + number(entry.analytic()))
                .orElse("");
        String numeric = finding.worst()
                .map(entry -> number(entry.numeric(), entry.tolerance()))
                .orElse("");
        String numbers = place + analytic + ", numeric " + numeric;
        return switch (finding.fault()) {
            case DERIVATIVE -> operation + "its derivative " + input + ", is wrong" + numbers;
            case NOT_LINEAR ->
                operation + "its vjp is not linear in the cotangent dy: " + input + place + analytic
                        + ", but other dy add up to " + numeric;
            case ELSEWHERE ->
                operation + "its derivative is right at these operands, but not at others that differ by a sixteenth"
                        + analytic + ", numeric " + numeric
                        + " along a random direction; a vjp must not keep old values";
            case FOREIGN_NODE ->
                operation + "its vjp uses an input or parameter of another graph; it may use the operands, the result"
                        + " and dy that it is given, and must not keep nodes";
            case VJP_FAILS ->
                operation
                        + "its vjp throws an exception for another cotangent dy, or at other operands that the operation"
                        + " accepts; it must work for all of them";
            case MODIFIES_OPERAND ->
                operation + "modifies its operand " + finding.input() + "; it may write into its result only";
            case TOGETHER ->
                operation + "not differentiable here; each entry of its derivative is possible, but not all together: "
                        + "along one direction analytic "
                        + finding.worst().map(entry -> number(entry.analytic())).orElse("") + ", "
                        + finding.worst().map(ReportText::measured).orElse("");
            case KINK -> operation + "not differentiable here " + input + place;
            case CONVENTIONS ->
                operation + "has a corner here" + place + "; its convention and the others on the path do not add up to"
                        + " the derivative of the whole: use one operation that is smooth here, or choose another point";
            case NOT_REPEATABLE ->
                operation + "gives different values for the same operands; it must not keep state or draw its own"
                        + " random numbers";
            case ACCUMULATION ->
                "every operation is right, but the cotangents of " + node + " are summed incorrectly" + place + analytic
                        + ", sum over its uses " + numeric;
            case PROGRAM ->
                "every operation and every sum is right, but a program computes another gradient with respect to "
                        + node + numbers + "; this is a fault in rewriting or execution: report it with this graph";
            case UNRESOLVED ->
                operation + "differences cannot decide whether its derivative " + input + ", is right" + numbers;
        };
    }

    private static String place(Entry entry) {
        return (entry.row() < 0 ? "" : " at element (" + entry.row() + "," + entry.column() + ")")
                + (entry.point() > 0 ? " at point " + entry.point() : "");
    }

    private static List<String> details(GradientReport report) {
        List<String> lines = new ArrayList<>(shown(report.findings()));
        lines.addAll(operations(report));
        if (hasFault(report, Fault.UNRESOLVED)) {
            lines.add(REMEDY);
        }
        lines.addAll(report.notes());
        return lines;
    }

    private static boolean hasFault(GradientReport report, Fault fault) {
        return report.findings().stream().anyMatch(finding -> finding.fault() == fault);
    }

    private static List<String> operations(GradientReport report) {
        String checked = " (" + report.rightOperations() + " checked)";
        if (report.rightOperations() == 0) {
            return List.of();
        } else if (hasFault(report, Fault.DERIVATIVE)) {
            return List.of("every other operation on the path is right" + checked);
        } else if (report.verdict() == Verdict.RIGHT) {
            return List.of("the tolerance of the whole gradient could hide an error here, so each operation was checked"
                    + " by itself: all are right" + checked);
        } else if (report.verdict() == Verdict.INCONCLUSIVE && report.findings().isEmpty()) {
            return List.of("every operation on the path is right by itself" + checked
                    + ", and their cotangents are summed correctly; only the whole gradient does not match: " + REMEDY);
        }
        return List.of();
    }

    private static String headline(GradientReport report) {
        String failed = "gradient check failed: ";
        String passed = String.format(
                Locale.ROOT,
                "gradient check passed: %s, largest difference %.1e",
                compared(report),
                report.largestDifference());
        return switch (report.verdict()) {
            case RIGHT -> passed;
            case NOT_DIFFERENTIABLE ->
                passed + "; not differentiable here, and "
                        + (report.entries().stream().allMatch(Entry::passed)
                                ? "the derivative lies between the slopes of both sides"
                                : "the derivative of each operation lies between the slopes of its two sides");
            case INCONCLUSIVE ->
                failed
                        + (report.findings().isEmpty() && report.rightOperations() == 0
                                ? "nothing to compare, because no parameter changes the cost"
                                : "inconclusive; differences cannot decide whether the gradient is right");
            case WRONG -> failed + wrong(report);
            case NOT_FINITE -> failed + "a value or derivative is not finite at this point or next to it";
            case NOT_REPEATABLE -> failed + "computing the same twice gives different values";
        };
    }

    private static String wrong(GradientReport report) {
        long wrong = report.entries().stream()
                .filter(entry -> entry.verdict() == Verdict.WRONG)
                .count();
        if (hasFault(report, Fault.MODIFIES_OPERAND)) {
            return "an operation modifies what it reads";
        }
        return wrong == 0
                ? "an operation is wrong, although the whole gradient does not show it at this point"
                : wrong + " of " + compared(report) + (wrong == 1 ? " is wrong" : " are wrong");
    }

    private static String circumstances(GradientReport report) {
        return counted(report.points(), "point", "points") + ", "
                + compared(report) + ", " + report.evaluations() + " evaluations, "
                + report.time().toMillis() + " ms, seed " + report.seed();
    }

    /** The entries that were compared one by one, and the directions through many. */
    private static String compared(GradientReport report) {
        int directions =
                (int) report.entries().stream().filter(Entry::isDirection).count();
        int entries = report.entries().size() - directions;
        String along = counted(directions, "direction", "directions");
        String single = counted(entries, "entry", "entries");
        return directions == 0 ? single : entries == 0 ? along : single + " and " + along;
    }

    private static String counted(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private static List<String> shown(List<?> all) {
        List<String> lines =
                new ArrayList<>(all.stream().limit(SHOWN).map(String::valueOf).toList());
        if (all.size() > SHOWN) {
            lines.add("… and " + (all.size() - SHOWN) + " more");
        }
        return lines;
    }

    private static String number(double value) {
        return Notation.number(value, DIGITS);
    }

    /** A value and how far it may be off; digits below the error are left out. */
    private static String number(double value, double error) {
        if (!Double.isFinite(value) || !Double.isFinite(error) || error <= 0) {
            return number(value);
        }
        int decimals = 1 - (int) Math.floor(StrictMath.log10(error));
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return number(rounded.doubleValue()) + String.format(Locale.ROOT, " ± %.0e", error);
    }
}
