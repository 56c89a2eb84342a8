package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;

/** Random expressions of one number, as nodes and in high precision, with the naive forms that people write. */
final class NaiveForms {
    /** The same expression as a node, in high precision, and as text. */
    record Form(Node node, SecondOrderJet jet, String text) {
        Form negate() {
            return new Form(node.negate(), jet.negate(), "-" + text);
        }

        Form plus(Form other) {
            return new Form(node.plus(other.node), jet.plus(other.jet), "(" + text + " + " + other.text + ")");
        }

        Form minus(Form other) {
            return new Form(node.minus(other.node), jet.minus(other.jet), "(" + text + " - " + other.text + ")");
        }

        Form times(Form other) {
            return new Form(node.times(other.node), jet.times(other.jet), text + "*" + other.text);
        }

        Form dividedBy(Form other) {
            return new Form(node.dividedBy(other.node), jet.dividedBy(other.jet), "(" + text + "/" + other.text + ")");
        }

        Form exp() {
            return new Form(node.exp(), jet.exp(), "exp(" + text + ")");
        }

        Form log() {
            return new Form(node.log(), jet.log(), "log(" + text + ")");
        }

        Form sqrt() {
            return new Form(Elementary.sqrt(node), jet.sqrt(), "sqrt(" + text + ")");
        }

        Form square() {
            return new Form(node.square(), jet.times(jet), "square(" + text + ")");
        }

        Form reciprocal() {
            return new Form(node.reciprocal(), jet.reciprocal(), "reciprocal(" + text + ")");
        }

        Form inverse() {
            return new Form(node.power(-1), jet.reciprocal(), "power(" + text + ", -1)");
        }

        Form abs() {
            return new Form(Elementary.abs(node), jet.abs(), "abs(" + text + ")");
        }

        Form sigmoid(SecondOrderJet one) {
            return new Form(node.sigmoid(), one.plus(jet.negate().exp()).reciprocal(), "sigmoid(" + text + ")");
        }

        Form tanh(SecondOrderJet one) {
            SecondOrderJet square = jet.plus(jet).exp();
            return new Form(node.tanh(), square.minus(one).dividedBy(square.plus(one)), "tanh(" + text + ")");
        }

        Form softplus(SecondOrderJet one) {
            return new Form(Activations.softplus(node), one.plus(jet.exp()).log(), "softplus(" + text + ")");
        }

        Form log1p(SecondOrderJet one) {
            return new Form(Elementary.log1p(node), one.plus(jet).log(), "log1p(" + text + ")");
        }

        Form expm1(SecondOrderJet one) {
            return new Form(Elementary.expm1(node), jet.exp().minus(one), "expm1(" + text + ")");
        }

        Form cosh(SecondOrderJet half) {
            return new Form(
                    Elementary.cosh(node),
                    half.times(jet.exp().plus(jet.negate().exp())),
                    "cosh(" + text + ")");
        }

        Form sinh(SecondOrderJet half) {
            return new Form(
                    Elementary.sinh(node),
                    half.times(jet.exp().minus(jet.negate().exp())),
                    "sinh(" + text + ")");
        }
    }

    private static final double[] NUMBERS = {1, 1, 1, 2, 0.5, 0.3, 0.7, 3, -1, 0.1};
    private static final double[] RANGES = {1, 3, 3, 3, 3, 10, 10, 10, 50, 50, 1, 3, 3, 10, 10, 300};

    private final Random random;
    private final long digits;
    private final double at;
    private final Node x = Node.parameter("x");
    private final SecondOrderJet one;
    private final SecondOrderJet half;
    private final List<Form> forms = new ArrayList<>();

    NaiveForms(long seed) {
        random = new Random(1_000_003 * seed + 17);
        double range = RANGES[random.nextInt(RANGES.length)];
        at = (2 * random.nextDouble() - 1) * range;
        digits = 60 + (long) (2 * range);
        one = SecondOrderJet.constant(1, digits);
        half = SecondOrderJet.constant(0.5, digits);
        forms.add(new Form(x, SecondOrderJet.variable(at, digits), "x"));
    }

    Node x() {
        return x;
    }

    double at() {
        return at;
    }

    private Form number(double value) {
        return new Form(Node.constant(value), SecondOrderJet.constant(value, digits), Double.toString(value));
    }

    private Form number() {
        return number(NUMBERS[random.nextInt(NUMBERS.length)]);
    }

    private Form any() {
        return forms.get(random.nextInt(forms.size()));
    }

    /** One of the naive forms, of simple arguments, with something around it. */
    Form random() {
        for (int i = random.nextInt(3); i > 0; i--) {
            attempt(() -> argument(any()));
        }
        Form result = null;
        while (result == null) {
            int before = forms.size();
            attempt(this::naive);
            result = forms.size() > before ? forms.get(before) : null;
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Form inner = result;
            int before = forms.size();
            attempt(() -> around(inner));
            result = forms.size() > before ? forms.get(before) : result;
        }
        return result;
    }

    /** What is not defined at this point is left out. */
    private void attempt(Supplier<Form> make) {
        try {
            forms.add(make.get());
        } catch (ArithmeticException undefinedHere) {
            // another form is tried
        }
    }

    private Form argument(Form a) {
        return switch (random.nextInt(6)) {
            case 0 -> a.negate();
            case 1 -> a.times(number());
            case 2 -> a.plus(number());
            case 3 -> a.times(number(2));
            case 4 -> a.tanh(one);
            default -> number().minus(a);
        };
    }

    private Form around(Form a) {
        return switch (random.nextInt(8)) {
            case 0 -> a.negate();
            case 1 -> a.times(number());
            case 2 -> a.square();
            case 3 -> number(1).minus(a);
            case 4 -> a.log();
            case 5 -> a.times(any());
            case 6 -> a.plus(any());
            default -> a.exp();
        };
    }

    private Form onePlus(Form a) {
        return random.nextBoolean() ? number(1).plus(a) : a.plus(number(1));
    }

    private Form inverse(Form a) {
        return switch (random.nextInt(3)) {
            case 0 -> number(1).dividedBy(a);
            case 1 -> a.reciprocal();
            default -> a.inverse();
        };
    }

    private Form relu(Form z) {
        Form size = z.abs();
        SecondOrderJet jet = half.times(z.jet().plus(size.jet()));
        return switch (random.nextInt(3)) {
            case 0 -> new Form(z.node().relu(), jet, "relu(" + z.text() + ")");
            case 1 -> new Form(Comparisons.maximum(z.node(), Node.constant(0)), jet, "max(" + z.text() + ", 0)");
            default -> z.plus(size).times(number(0.5));
        };
    }

    private Form naive() {
        Form z = any();
        Form a = any();
        Form b = random.nextBoolean() ? any() : number();
        Form p = random.nextBoolean()
                ? z.sigmoid(one)
                : inverse(onePlus(z.negate().exp()));
        return switch (random.nextInt(32)) {
            case 0 -> onePlus(z.exp()).log();
            case 1 -> z.exp().log1p(one);
            case 2 -> a.exp().plus(b.exp()).log();
            case 3 -> number().times(a.exp()).plus(number().times(b.exp())).log();
            case 4 -> a.exp().plus(b.exp()).plus(z.exp()).log();
            case 5 -> a.exp().dividedBy(a.exp().plus(b.exp()));
            case 6 -> b.exp().dividedBy(a.exp().plus(b.exp()).plus(z.exp()));
            case 7 -> p;
            case 8 -> z.exp().dividedBy(onePlus(z.exp()));
            case 9 ->
                z.exp()
                        .minus(z.negate().exp())
                        .dividedBy(z.exp().plus(z.negate().exp()));
            case 10 -> {
                Form power = z.times(number(-2)).exp();
                yield number(1).minus(power).dividedBy(onePlus(power));
            }
            case 11 -> z.exp().plus(z.negate().exp()).times(number(0.5)).log();
            case 12 -> z.cosh(half).log();
            case 13 -> number(1).minus(z.negate().exp()).log();
            case 14 -> a.exp().minus(b.exp()).log();
            case 15 -> z.expm1(one).log();
            case 16 ->
                relu(z).minus(number().times(z))
                        .plus(onePlus(z.abs().negate().exp()).log());
            case 17 -> relu(z).minus(relu(z.negate()));
            case 18 -> p.times(number(1).minus(p));
            case 19 -> p.log().negate();
            case 20 -> number(1).minus(p).log();
            case 21 -> p.dividedBy(number(1).minus(p));
            case 22 ->
                number(0.3)
                        .times(p.log())
                        .plus(number(0.7).times(number(1).minus(p).log()));
            case 23 -> z.square().sqrt();
            case 24 -> z.sqrt().square();
            case 25 -> inverse(inverse(z));
            case 26 -> z.abs().square();
            case 27 -> a.exp().times(inverse(a.exp().plus(b.exp())));
            case 28 -> p.times(a.exp()).plus(number(1).minus(p).times(b.exp())).log();
            case 29 -> z.sinh(half).dividedBy(z.cosh(half));
            case 30 -> z.softplus(one);
            default ->
                number(0.3).times(a.exp()).plus(number(0.7).times(b.exp())).log();
        };
    }
}
