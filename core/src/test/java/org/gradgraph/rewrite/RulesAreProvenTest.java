package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.gradgraph.rewrite.Rule.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule fires where it should, nowhere else, and keeps its promise; the rows are in {@link RuleRows}. */
class RulesAreProvenTest {
    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        -2,
        3,
        0.1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL / 3,
        -1e-300,
        1e-17,
        1e300,
        -1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        40,
        -40,
        710,
        -746
    };

    private static final int FILLS = 60;
    private static final double UNIT = 0x1p-52;

    static Stream<RuleRow> rows() {
        return RuleRows.all().stream();
    }

    static Stream<RuleRow> sameBits() {
        return withEffect(Effect.SAME_BITS);
    }

    static Stream<RuleRow> sameValue() {
        return withEffect(Effect.SAME_VALUE);
    }

    static Stream<RuleRow> betterRounding() {
        return withEffect(Effect.BETTER_ROUNDING);
    }

    static Stream<RuleRow> exactAlgebra() {
        return withEffect(Effect.EXACT_ALGEBRA);
    }

    private static Stream<RuleRow> withEffect(Effect effect) {
        return rows().filter(row -> row.declared().effect() == effect);
    }

    @Test
    void every_rule_has_a_row() {
        assertThat(rows().map(row -> row.rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        RuleSet.all().stream().map(Rule::name).toList());
    }

    private static Rewriter rewriter(RuleRow row, List<Node> leaves) {
        Assumptions assumptions = Assumptions.none();
        for (RuleRow.Known known : row.known) {
            assumptions = assumptions.and(leaves.get(known.leaf()), known.fact());
        }
        return new Rewriter(
                assumptions,
                node -> Program.of(node)
                        .rewrite(Rewriting.OFF)
                        .newRun()
                        .forward()
                        .value(node));
    }

    private static RuleSet setOf(Rule rule) {
        return RuleSet.forPrograms().rules().contains(rule) ? RuleSet.forPrograms() : RuleSet.forDerivations();
    }

    private static String text(Node node) {
        String operands =
                node.inputs().stream().map(RulesAreProvenTest::text).collect(Collectors.joining(", ", "(", ")"));
        String label = node.op()
                .map(op -> op instanceof Broadcast ? op.name() : op.label())
                .orElseGet(() -> node.name().orElseThrow());
        return node.inputs().isEmpty() ? label : label + operands;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void it_fires_alone_and_in_its_set_and_gives_the_text_of_the_row(RuleRow row) {
        assertThat(row.fires).isNotEmpty();
        Rule rule = row.declared();
        Set<Rule> used = new HashSet<>();
        for (RuleRow.Fires fires : row.fires) {
            List<Node> leaves = row.leaves(row.shapes.get(0));
            Node before = fires.form().apply(leaves);
            Rewriter alone = rewriter(row, leaves);
            assertThat(text(alone.rewrite(before, RuleSet.of(rule)))).isEqualTo(fires.becomes());
            assertThat(alone.firings()).isNotEmpty();
            Rewriter amongOthers = rewriter(row, leaves);
            amongOthers.rewrite(before, setOf(rule));
            amongOthers.firings().forEach(firing -> used.add(firing.rule()));
        }
        assertThat(used).as("rules used for these expressions, among all").contains(rule);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void it_does_not_fire_where_its_condition_is_not_met(RuleRow row) {
        assertThat(row.refuses).isNotEmpty();
        for (RuleRow.Refuses refuses : row.refuses) {
            List<Node> leaves = row.leaves(row.shapes.get(0));
            Node node = refuses.form().apply(leaves);
            Rewriter rewriter = rewriter(row, leaves);
            rewriter.rewrite(node, RuleSet.of(row.declared()));
            assertThat(rewriter.firings())
                    .as("%s: %s", refuses.why(), text(node))
                    .isEmpty();
        }
    }

    /** One expression at one choice of shapes, as composed and as the rule alone leaves it. */
    private static final class Case {
        final RuleRow row;
        final List<Node> leaves;
        final Node before;
        final Node after;
        final List<Node> inner;
        final Node cost;

        Case(RuleRow row, RuleRow.Fires fires, List<Shape> shapes) {
            this.row = row;
            leaves = row.leaves(shapes);
            before = fires.form().apply(row.operands(leaves));
            Rewriter alone = rewriter(row, leaves);
            after = alone.rewrite(before, RuleSet.of(row.declared()));
            assertThat(alone.firings()).as("%s of %s", text(before), shapes).isNotEmpty();
            inner = Graph.of(before).nodes().stream()
                    .filter(node -> !node.inputs().isEmpty() && !node.equals(before))
                    .toList();
            cost = before.times(weights(before.shape())).sum();
        }

        /** 1, 2, 3, …, so that no two elements of the result count the same. */
        private static Node weights(Shape shape) {
            DMatrixRMaj weights =
                    new DMatrixRMaj(shape.rows().size(), shape.columns().size());
            for (int i = 0; i < weights.getNumElements(); i++) {
                weights.data[i] = 1 + i;
            }
            return Node.constant(weights);
        }

        List<Node> used() {
            List<Node> members = Graph.of(before).nodes();
            return leaves.stream().filter(members::contains).toList();
        }

        @Override
        public String toString() {
            return text(before) + " of "
                    + leaves.stream().map(leaf -> leaf.shape().toString()).toList();
        }
    }

    private static List<Case> cases(RuleRow row) {
        List<Case> cases = new ArrayList<>();
        for (RuleRow.Fires fires : row.fires) {
            row.shapes.forEach(shapes -> cases.add(new Case(row, fires, shapes)));
        }
        return cases;
    }

    private static Map<Node, DMatrixRMaj> fill(List<Node> leaves, DoubleSupplier numbers) {
        Map<Node, DMatrixRMaj> feeds = new LinkedHashMap<>();
        for (Node leaf : leaves) {
            DMatrixRMaj value = new DMatrixRMaj(
                    leaf.shape().rows().size(), leaf.shape().columns().size());
            for (int i = 0; i < value.getNumElements(); i++) {
                value.data[i] = numbers.getAsDouble();
            }
            feeds.put(leaf, value);
        }
        return feeds;
    }

    /** All special numbers, pairs of them for two 1×1 leaves, or many mixtures with others. */
    private static List<Map<Node, DMatrixRMaj>> specialFeeds(List<Node> leaves) {
        List<Map<Node, DMatrixRMaj>> feeds = new ArrayList<>();
        if (leaves.stream().allMatch(leaf -> leaf.shape().isScalar()) && leaves.size() <= 2) {
            int count = SPECIAL.length;
            for (int k = 0; k < (leaves.size() == 1 ? count : count * count); k++) {
                int[] next = {k};
                feeds.add(fill(leaves, () -> {
                    double number = SPECIAL[next[0] % count];
                    next[0] /= count;
                    return number;
                }));
            }
        }
        Random random = new Random(7);
        for (int k = 0; k < FILLS; k++) {
            int often = 1 + k % 4;
            feeds.add(fill(
                    leaves,
                    () -> random.nextInt(often) > 0
                            ? random.nextGaussian() * Math.scalb(1.0, random.nextInt(9) - 4)
                            : SPECIAL[random.nextInt(SPECIAL.length)]));
        }
        return feeds;
    }

    private static void feed(Run run, Map<Node, DMatrixRMaj> feeds) {
        feeds.forEach(run::set);
    }

    private static long[] bits(DMatrixRMaj matrix) {
        long[] bits = new long[matrix.getNumElements()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToLongBits(matrix.data[i]);
        }
        return bits;
    }

    /** The sign of a zero in a gradient depends on the order of negation and summation. */
    private static DMatrixRMaj positiveZeros(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] += 0.0;
        }
        return matrix;
    }

    private static void assertSameBits(DMatrixRMaj actual, DMatrixRMaj expected, Object what, Object feeds) {
        assertThat(bits(actual))
                .as("%s: %s instead of %s, at %s", what, actual, expected, feeds)
                .isEqualTo(bits(expected));
    }

    @ParameterizedTest
    @MethodSource("sameBits")
    void same_bits_of_the_value_of_inner_nodes_and_of_the_gradient(RuleRow row) {
        for (Case each : cases(row)) {
            List<Node> used = each.used();
            Run sides =
                    Program.of(each.before, each.after).rewrite(Rewriting.OFF).newRun();
            List<Node> asked = Stream.concat(used.stream(), each.inner.stream()).toList();
            List<Node> outputs = new ArrayList<>(List.of(each.cost));
            each.inner.forEach(inner -> outputs.add(inner.times(3).exp()));
            List<Node> kept =
                    Stream.concat(each.inner.stream(), Stream.of(each.before)).toList();
            Program program = Program.of(outputs).withGradients(asked).keeping(kept);
            Run on = program.newRun();
            Run off = program.rewrite(Rewriting.OFF).newRun();
            for (Map<Node, DMatrixRMaj> feeds : specialFeeds(used)) {
                feed(sides, feeds);
                sides.forward();
                assertSameBits(sides.value(each.after), sides.value(each.before), each, feeds);
                feed(on, feeds);
                feed(off, feeds);
                on.forward().backward();
                off.forward().backward();
                kept.forEach(
                        node -> assertSameBits(on.value(node), off.value(node), text(node) + " in " + each, feeds));
                if (!row.isGradientRounded) {
                    asked.forEach(node -> assertSameBits(
                            positiveZeros(on.gradient(node)),
                            positiveZeros(off.gradient(node)),
                            "gradient by " + text(node) + " of " + each,
                            feeds));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sameValue")
    void same_value_whatever_the_sign_of_a_zero(RuleRow row) {
        for (Case each : cases(row)) {
            Run sides =
                    Program.of(each.before, each.after).rewrite(Rewriting.OFF).newRun();
            for (Map<Node, DMatrixRMaj> feeds : specialFeeds(each.used())) {
                feed(sides, feeds);
                sides.forward();
                DMatrixRMaj before = sides.value(each.before);
                DMatrixRMaj after = sides.value(each.after);
                for (int i = 0; i < before.getNumElements(); i++) {
                    assertThat(Double.valueOf(after.data[i] + 0.0))
                            .as("%s, at %s", each, feeds)
                            .isEqualTo(Double.valueOf(before.data[i] + 0.0));
                }
            }
        }
    }

    private static List<Map<Node, DMatrixRMaj>> samples(Case each, boolean moderate) {
        List<Map<Node, DMatrixRMaj>> feeds = new ArrayList<>();
        List<Node> used = each.used();
        boolean isNumbers = used.stream().allMatch(leaf -> leaf.shape().isScalar());
        int count = 1;
        for (Node leaf : used) {
            count *= each.row.samples.get(each.leaves.indexOf(leaf)).length;
        }
        Random random = new Random(11);
        for (int k = 0; k < (moderate ? 2 : isNumbers ? count : 4); k += isNumbers && !moderate && count > 30 ? 5 : 1) {
            Map<Node, DMatrixRMaj> feed = new LinkedHashMap<>();
            int rest = k;
            for (Node leaf : used) {
                double[] samples = each.row.samples.get(each.leaves.indexOf(leaf));
                int first = isNumbers ? rest % samples.length : 0;
                rest /= samples.length;
                feed.putAll(fill(List.of(leaf), () -> {
                    if (moderate) {
                        return 0.1 + 0.8 * random.nextDouble();
                    }
                    return isNumbers ? samples[first] : samples[random.nextInt(samples.length)];
                }));
            }
            feeds.add(feed);
        }
        return feeds;
    }

    /** By how many rounding errors of the right side a number is wrong. */
    private static double errors(double actual, Apfloat truth, double slack, double smallest) {
        double nearest = HighPrecision.rounded(truth);
        if (actual == nearest) {
            return 0;
        }
        if (!Double.isFinite(actual)) {
            boolean mayOverflow =
                    Math.abs(nearest) * (1 + slack) > Double.MAX_VALUE / (1 + slack) && actual * nearest > 0;
            return mayOverflow ? 0 : Double.POSITIVE_INFINITY;
        }
        return HighPrecision.rounded(ApfloatMath.abs(HighPrecision.of(actual).subtract(truth)))
                / Math.max(slack, smallest);
    }

    /** The largest errors of one side, over a case. */
    private static final class Errors {
        double on;
        double off;

        void add(double ofOn, double ofOff) {
            on = Math.max(on, ofOn);
            off = Math.max(off, ofOff);
        }
    }

    @ParameterizedTest
    @MethodSource("betterRounding")
    void better_rounding_of_value_and_gradient_against_high_precision(RuleRow row) {
        Errors all = new Errors();
        for (Case each : cases(row)) {
            Program program = Program.of(each.cost).withGradients(each.used()).keeping(each.before);
            Run on = program.newRun();
            Run off = program.rewrite(Rewriting.OFF).newRun();
            Run alone = Program.of(each.after).rewrite(Rewriting.OFF).newRun();
            for (Map<Node, DMatrixRMaj> feeds : samples(each, false)) {
                feed(on, feeds);
                feed(off, feeds);
                feed(alone, feeds);
                on.forward().backward();
                off.forward().backward();
                alone.forward();
                HighPrecision truth = new HighPrecision(each.before, feeds, each.used());
                valueErrors(each, feeds, truth, on.value(each.before), off.value(each.before), all);
                valueErrors(each, feeds, truth, alone.value(each.after), off.value(each.before), all);
                for (Node leaf : each.used()) {
                    gradientErrors(each, feeds, truth, leaf, on.gradient(leaf), off.gradient(leaf), all);
                }
            }
        }
        if (row.neverLoses) {
            assertThat(all.off).as("errors of the left side").isLessThanOrEqualTo(100);
        } else {
            assertThat(all.off).as("errors of the left side").isGreaterThan(1e6);
        }
    }

    private static void valueErrors(
            Case each, Map<Node, DMatrixRMaj> feeds, HighPrecision truth, DMatrixRMaj on, DMatrixRMaj off, Errors all) {
        HighPrecision scale =
                each.row.scale == null ? null : new HighPrecision(each.row.scale.apply(each.leaves), feeds, List.of());
        for (int i = 0; i < on.getNumElements(); i++) {
            Apfloat exact = truth.value(each.before, i);
            double size = scale == null
                    ? Math.abs(HighPrecision.rounded(exact))
                    : HighPrecision.rounded(scale.value(scale.root(), 0));
            record(each, "value " + i, feeds, exact, size, on.data[i], off.data[i], all);
        }
    }

    private static void gradientErrors(
            Case each,
            Map<Node, DMatrixRMaj> feeds,
            HighPrecision truth,
            Node leaf,
            DMatrixRMaj on,
            DMatrixRMaj off,
            Errors all) {
        RuleRow.Form form = each.row.gradientScales.get(each.leaves.indexOf(leaf));
        HighPrecision scale = form == null ? null : new HighPrecision(form.apply(each.leaves), feeds, List.of());
        for (int i = 0; i < on.getNumElements(); i++) {
            Apfloat exact = HighPrecision.of(0);
            double size = 0;
            for (int k = 0; k < HighPrecision.elements(each.before); k++) {
                Apfloat part = truth.slope(each.before, k, leaf, i).multiply(HighPrecision.of(k + 1));
                exact = exact.add(part);
                size += Math.abs(HighPrecision.rounded(part));
            }
            if (scale != null) {
                size = 0;
                int elements = HighPrecision.elements(scale.root());
                for (int k = 0; k < elements; k++) {
                    size = Math.max(size, HighPrecision.rounded(scale.value(scale.root(), k)));
                }
                size *= HighPrecision.elements(each.before) * elements;
            }
            record(
                    each,
                    "gradient by " + leaf.name().orElseThrow() + " " + i,
                    feeds,
                    exact,
                    size,
                    on.data[i],
                    off.data[i],
                    all);
        }
    }

    private static void record(
            Case each,
            String what,
            Map<Node, DMatrixRMaj> feeds,
            Apfloat exact,
            double size,
            double on,
            double off,
            Errors all) {
        double smallest = 4 * Double.MIN_VALUE * HighPrecision.elements(each.before);
        double slack = each.row.ulps * UNIT * size;
        double ofOn = errors(on, exact, slack, smallest);
        double ofOff = errors(off, exact, slack, smallest);
        assertThat(ofOn)
                .as(
                        "%s of %s: %s instead of %s (as composed %s), at %s",
                        what, each, on, HighPrecision.rounded(exact), off, feeds)
                .isLessThanOrEqualTo(1);
        all.add(ofOn, ofOff);
    }

    private static DMatrixRMaj column(double[] elements) {
        return new DMatrixRMaj(elements.length, 1, true, elements.clone());
    }

    @ParameterizedTest
    @MethodSource("betterRounding")
    void limits_at_infinity_NaN_and_huge_numbers_are_those_of_the_row(RuleRow row) {
        assertThat(row.limits).isNotEmpty();
        for (RuleRow.Limit limit : row.limits) {
            List<Shape> shapes =
                    limit.leaves.stream().map(leaf -> Shape.of(leaf.length, 1)).toList();
            Case each = new Case(row, row.fires.get(0), shapes);
            Run run = Program.of(each.cost)
                    .withGradients(each.used())
                    .keeping(each.before)
                    .newRun();
            for (int i = 0; i < shapes.size(); i++) {
                run.set(each.leaves.get(i), column(limit.leaves.get(i)));
            }
            run.forward().backward();
            assertClose(each + ", value", run.value(each.before), limit.value);
            assertClose(each + ", gradient", run.gradient(each.leaves.get(0)), limit.gradient);
        }
    }

    private static void assertClose(String what, DMatrixRMaj actual, double[] expected) {
        assertThat(actual.getNumElements()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (Double.isFinite(expected[i])) {
                assertThat(actual.data[i]).as(what).isCloseTo(expected[i], within(4 * Math.ulp(expected[i])));
            } else {
                assertThat(Double.valueOf(actual.data[i])).as(what).isEqualTo(Double.valueOf(expected[i]));
            }
        }
    }

    /** Inner nodes are used elsewhere, kept, and derived by; at numbers where the left side loses nothing, too. */
    @ParameterizedTest
    @MethodSource("betterRounding")
    void inner_nodes_keep_their_values_and_have_their_gradients(RuleRow row) {
        for (Case each : cases(row)) {
            List<Node> inner = each.inner.stream()
                    .filter(node -> !node.op().orElseThrow().name().equals("broadcast"))
                    .toList();
            List<Node> outputs = new ArrayList<>(List.of(each.cost));
            inner.forEach(node -> outputs.add(node.times(3)));
            Run run = Program.of(outputs).withGradients(inner).keeping(inner).newRun();
            for (Map<Node, DMatrixRMaj> feeds : samples(each, true)) {
                feed(run, feeds);
                run.forward().backward();
                HighPrecision truth = new HighPrecision(each.before, feeds, inner);
                for (Node node : inner) {
                    for (int i = 0; i < HighPrecision.elements(node); i++) {
                        double value = HighPrecision.rounded(truth.value(node, i));
                        assertThat(run.value(node).data[i])
                                .as("%s in %s", text(node), each)
                                .isCloseTo(value, within(16 * Math.ulp(value)));
                        double slope = 0;
                        double size = 0;
                        for (int k = 0; k < HighPrecision.elements(each.before); k++) {
                            double part = (k + 1) * HighPrecision.rounded(truth.slope(each.before, k, node, i));
                            slope += part;
                            size += Math.abs(part);
                        }
                        assertThat(run.gradient(node).data[i])
                                .as("gradient by %s of %s, at %s", text(node), each, feeds)
                                .isCloseTo(slope, within(64 * UNIT * Math.max(size, 1)));
                    }
                }
            }
        }
    }

    /** Both sides agree in all but the last of hundreds of digits, and a program of each gives its value. */
    @ParameterizedTest
    @MethodSource("exactAlgebra")
    void both_sides_are_the_same_over_the_real_numbers(RuleRow row) {
        for (Case each : cases(row)) {
            Run run = Program.of(each.before, each.after).rewrite(Rewriting.OFF).newRun();
            Random random = new Random(13);
            for (int k = 0; k < 4; k++) {
                double size = List.of(1.0, 1e-300, 1e300, 40.0).get(k);
                boolean isKnown = !row.known.isEmpty();
                Map<Node, DMatrixRMaj> feeds = fill(
                        each.leaves,
                        () -> isKnown ? Math.rint(random.nextDouble() * 64) / 64 : size * (random.nextDouble() + 0.5));
                if (isKnown) {
                    makeKnown(feeds.get(each.leaves.get(0)), row.known.get(0).fact());
                }
                boolean hasExponential = Graph.of(each.before).toString().contains("= exp");
                if (hasExponential && size > 100) {
                    continue;
                }
                HighPrecision before = new HighPrecision(each.before, feeds, List.of());
                HighPrecision after = new HighPrecision(each.after, feeds, List.of());
                each.used().forEach(leaf -> run.set(leaf, feeds.get(leaf)));
                run.forward();
                for (int i = 0; i < HighPrecision.elements(each.before); i++) {
                    Apfloat left = before.value(each.before, i);
                    Apfloat right = after.value(each.after, i);
                    Apfloat largest = ApfloatMath.abs(left).add(HighPrecision.of(size));
                    assertThat(HighPrecision.rounded(
                                    ApfloatMath.abs(left.subtract(right)).divide(largest)))
                            .as("%s, at %s: %s and %s", each, feeds, left.toString(true), right.toString(true))
                            .isLessThan(1e-80);
                    if (size == 1) {
                        double value = HighPrecision.rounded(left);
                        assertThat(run.value(each.before).data[i])
                                .isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
                        assertThat(run.value(each.after).data[i])
                                .isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
                    }
                }
            }
        }
    }

    private static void makeKnown(DMatrixRMaj x, Fact fact) {
        if (fact == Fact.SYMMETRIC) {
            CommonOps_DDRM.add(x.copy(), CommonOps_DDRM.transpose(x, null), x);
            return;
        }
        boolean isOfColumns = fact == Fact.COLUMNS_SUM_TO_ONE || fact == Fact.COLUMNS_SUM_TO_ZERO;
        double total = fact == Fact.COLUMNS_SUM_TO_ONE || fact == Fact.ROWS_SUM_TO_ONE ? 1 : 0;
        int lanes = isOfColumns ? x.numCols : x.numRows;
        for (int lane = 0; lane < lanes; lane++) {
            double sum = 0;
            for (int i = 1; i < x.getNumElements() / lanes; i++) {
                sum += isOfColumns ? x.get(i, lane) : x.get(lane, i);
            }
            x.set(isOfColumns ? 0 : lane, isOfColumns ? lane : 0, total - sum);
        }
    }
}
