package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.rewrite.Assumptions.Fact;

/** What is expected of one rewrite rule; see {@link RuleRows}. */
final class RuleRow {
    /** An expression of leaves. */
    @FunctionalInterface
    interface Form extends Function<List<Node>, Node> {}

    /** An expression of three leaves. */
    @FunctionalInterface
    interface Ternary {
        Node apply(Node a, Node b, Node c);
    }

    /** An expression on which the rule fires, and the text of what it becomes at the first of the row's shapes. */
    record Fires(Form form, String becomes) {}

    /** An expression on which it does not fire, and the condition that is not met. */
    record Refuses(String why, Form form) {}

    /** A fact of a leaf. */
    record Known(int leaf, Fact fact) {}

    /** Values outside the real numbers: a column for each leaf, the value, and the gradient by the first leaf. */
    static final class Limit {
        final List<double[]> leaves;
        final double[] value;
        final double[] gradient;

        Limit(List<double[]> leaves, double[] value, double[] gradient) {
            this.leaves = leaves;
            this.value = value;
            this.gradient = gradient;
        }
    }

    static final List<String> EVERYWHERE = List.of("2×3", "1×1", "1×3", "2×1", "4×5");

    final String rule;
    final String letters;
    final List<Fires> fires = new ArrayList<>();
    final List<Refuses> refuses = new ArrayList<>();
    final List<Known> known = new ArrayList<>();
    final List<Limit> limits = new ArrayList<>();

    /** Shapes of the leaves. */
    final List<List<Shape>> shapes = new ArrayList<>();

    /** For each leaf, where rounding is compared; empty for −3 to 3. */
    final List<double[]> samples = new ArrayList<>();

    /** For each leaf, the size of what is rounded in a gradient; null for that of the gradient itself. */
    final List<Form> gradientScales = new ArrayList<>();

    /** The size of what is rounded in the value; null for that of the value. */
    Form scale;

    /** The rounding errors of the right side, in units of 2⁻⁵² times the scale. */
    double ulps;

    boolean isGradientRounded;
    boolean neverLoses;

    /** Whether forms get leaves that are repeated to the common shape. */
    private boolean repeatsLeaves;

    private RuleRow(String rule, String letters) {
        this.rule = rule;
        this.letters = letters;
        for (int i = 0; i < letters.length(); i++) {
            samples.add(new double[0]);
            gradientScales.add(null);
        }
    }

    /** A row for a rule, with one letter for each leaf. */
    static RuleRow row(String rule, String letters) {
        RuleRow row = new RuleRow(rule, letters);
        if (letters.length() == 1) {
            EVERYWHERE.forEach(row::at);
        } else if (letters.length() == 2) {
            row.at("2×3", "2×3").at("1×1", "1×1").at("2×3", "1×1").at("1×1", "2×3");
            row.repeatsLeaves = true;
            row.at("2×1", "2×3").at("2×3", "1×3").at("4×5", "4×5");
        }
        return row;
    }

    /** Only these shapes, one for each leaf, and those of further calls. */
    RuleRow only(String... ofLeaves) {
        shapes.clear();
        repeatsLeaves = false;
        return at(ofLeaves);
    }

    /** These shapes too. */
    RuleRow at(String... ofLeaves) {
        List<Shape> variant = new ArrayList<>();
        for (String shape : ofLeaves) {
            int cross = shape.indexOf('×');
            variant.add(Shape.of(
                    Integer.parseInt(shape.substring(0, cross)), Integer.parseInt(shape.substring(cross + 1))));
        }
        shapes.add(variant);
        return this;
    }

    RuleRow fires(String becomes, UnaryOperator<Node> form) {
        return firesOn(becomes, leaves -> form.apply(leaves.get(0)));
    }

    RuleRow fires(String becomes, BinaryOperator<Node> form) {
        return firesOn(becomes, leaves -> form.apply(leaves.get(0), leaves.get(1)));
    }

    RuleRow fires(String becomes, Ternary form) {
        return firesOn(becomes, leaves -> form.apply(leaves.get(0), leaves.get(1), leaves.get(2)));
    }

    private RuleRow firesOn(String becomes, Form form) {
        fires.add(new Fires(form, becomes));
        return this;
    }

    RuleRow refuses(String why, UnaryOperator<Node> form) {
        refuses.add(new Refuses(why, leaves -> form.apply(leaves.get(0))));
        return this;
    }

    RuleRow refuses(String why, BinaryOperator<Node> form) {
        refuses.add(new Refuses(why, leaves -> form.apply(leaves.get(0), leaves.get(1))));
        return this;
    }

    RuleRow refuses(String why, Ternary form) {
        refuses.add(new Refuses(why, leaves -> form.apply(leaves.get(0), leaves.get(1), leaves.get(2))));
        return this;
    }

    RuleRow knowing(int leaf, Fact fact) {
        known.add(new Known(leaf, fact));
        return this;
    }

    /** The gradients of both sides are not computed by the same operations. */
    RuleRow withRoundedGradient() {
        isGradientRounded = true;
        return this;
    }

    /** How far the right side may be from the exact result. */
    RuleRow within(double unitsInTheLastPlace) {
        ulps = unitsInTheLastPlace;
        return this;
    }

    RuleRow within(double unitsInTheLastPlace, UnaryOperator<Node> of) {
        scale = leaves -> of.apply(leaves.get(0));
        return within(unitsInTheLastPlace);
    }

    RuleRow gradientOf(int leaf, UnaryOperator<Node> scaleOfRounding) {
        gradientScales.set(leaf, leaves -> scaleOfRounding.apply(leaves.get(0)));
        return this;
    }

    RuleRow gradientOf(int leaf, BinaryOperator<Node> scaleOfRounding) {
        gradientScales.set(leaf, leaves -> scaleOfRounding.apply(leaves.get(0), leaves.get(1)));
        return this;
    }

    /** The left side, too, is as good as its right side at all samples; the rule saves work or non-finite steps. */
    RuleRow whereTheLeftSideLosesNothing() {
        neverLoses = true;
        return this;
    }

    RuleRow samples(int leaf, double... numbers) {
        samples.set(leaf, numbers);
        return this;
    }

    RuleRow limit(double x, double value, double gradient) {
        return limit(column(x), column(value), column(gradient));
    }

    RuleRow limit(double x, double y, double value, double gradient) {
        limits.add(new Limit(List.of(column(x), column(y)), column(value), column(gradient)));
        return this;
    }

    RuleRow limit(double[] x, double[] value, double[] gradient) {
        limits.add(new Limit(List.of(x), value, gradient));
        return this;
    }

    static double[] column(double... elements) {
        return elements;
    }

    List<Node> leaves(List<Shape> variant) {
        List<Node> leaves = new ArrayList<>();
        for (int i = 0; i < variant.size(); i++) {
            Shape shape = variant.get(i);
            leaves.add(Node.parameter(letters.substring(i, i + 1), shape.rows(), shape.columns()));
        }
        return leaves;
    }

    /** The leaves as a form gets them. */
    List<Node> operands(List<Node> leaves) {
        if (!repeatsLeaves) {
            return leaves;
        }
        Shape common = leaves.get(0).plus(leaves.get(leaves.size() - 1)).shape();
        return leaves.stream().map(leaf -> Layout.broadcast(leaf, common)).toList();
    }

    Rule declared() {
        return RuleSet.all().stream()
                .filter(known -> known.name().equals(rule))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule " + rule));
    }

    @Override
    public String toString() {
        return rule;
    }
}
