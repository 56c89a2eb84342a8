package org.gradgraph.precision;

import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.apfloat.OverflowException;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Primitive;

/** The primitives of formulas, with a given number of digits. */
final class Arithmetic {
    private static final int MOST_DIGITS = 5000;
    private static final Apfloat ONE = Apfloat.ONE;

    private final int digits;
    private final SpecialArithmetic special;

    Arithmetic(int digits) {
        this.digits = digits;
        this.special = new SpecialArithmetic(digits);
    }

    Real evaluate(Formula.Code code, Real[] arguments) {
        int constants = code.constants().size();
        Real[] slots = new Real[code.arity() + constants + code.instructions().size()];
        System.arraycopy(arguments, 0, slots, 0, code.arity());
        for (int i = 0; i < constants; i++) {
            slots[code.arity() + i] = Real.of(code.constants().get(i));
        }
        int next = code.arity() + constants;
        for (Formula.Code.Instruction step : code.instructions()) {
            slots[next++] = apply(step.primitive(), slots[step.a()], slots[step.b()], slots[step.c()]);
        }
        return slots[code.result()];
    }

    /** Where an operand is NaN or infinite, or at a pole, the convention is that of double arithmetic. */
    Real apply(Primitive primitive, Real a, Real b, Real c) {
        if (primitive == Primitive.SELECT) {
            return a.isFinite() && a.number().signum() == 0 ? c : b;
        }
        if (primitive == Primitive.COPY) {
            return a;
        }
        if (a.isFinite() && b.isFinite() && c.isFinite()) {
            try {
                return Real.of(finite(primitive, a.number(), b.number(), c.number()));
            } catch (ArithmeticException | OverflowException pole) {
                return inDouble(primitive, a, b, c);
            }
        }
        return inDouble(primitive, a, b, c);
    }

    private static Real inDouble(Primitive primitive, Real a, Real b, Real c) {
        return Real.of(primitive.apply(a.rounded(), b.rounded(), c.rounded()));
    }

    private Apfloat finite(Primitive primitive, Apfloat a, Apfloat b, Apfloat c) {
        return switch (primitive) {
            case COPY -> a;
            case NEGATE -> a.negate();
            case ABS -> ApfloatMath.abs(a);
            case SIGN -> new Apfloat(a.signum());
            case FLOOR -> a.floor();
            case ROUND -> rounded(a);
            case SQRT -> a.signum() == 0 ? a : ApfloatMath.sqrt(working(a));
            case CBRT -> a.signum() == 0 ? a : ApfloatMath.cbrt(working(a));
            case EXP -> ApfloatMath.exp(working(a));
            case EXPM1 -> a.signum() == 0 ? a : ApfloatMath.exp(nearZero(a)).subtract(ONE);
            case LOG -> ApfloatMath.log(working(a));
            case LOG1P -> a.signum() == 0 ? a : ApfloatMath.log(ONE.add(nearZero(a)));
            case LOG2 -> ApfloatMath.log(working(a), new Apfloat(2, digits + 20));
            case LOG10 -> ApfloatMath.log(working(a), new Apfloat(10, digits + 20));
            case SIN -> ApfloatMath.sin(working(a));
            case COS -> ApfloatMath.cos(working(a));
            case TAN -> ApfloatMath.tan(working(a));
            case ASIN -> ApfloatMath.asin(working(a));
            case ACOS -> ApfloatMath.acos(working(a));
            case ATAN -> ApfloatMath.atan(working(a));
            case SINH -> a.signum() == 0 ? a : ApfloatMath.sinh(nearZero(a));
            case COSH -> ApfloatMath.cosh(working(a));
            case TANH -> a.signum() == 0 ? a : ApfloatMath.tanh(nearZero(a));
            case ERF -> a.signum() == 0 ? a : ApfloatMath.erf(working(a));
            case ERFC -> ApfloatMath.erfc(working(a));
            case LGAMMA -> special.lgamma(a);
            case LOG_BETA -> special.logBeta(a, b);
            case POLYGAMMA -> special.polygamma(a, b);
            case POLYGAMMA_DIFFERENCE -> special.polygamma(a, b).subtract(special.polygamma(a, b.add(c)));
            case NORMAL_QUANTILE -> special.normalQuantile(a);
            case NORMAL_EXCESS -> special.normalExcess(a);
            case ADD -> sum(a, b);
            case SUBTRACT -> sum(a, b.negate());
            case MULTIPLY, MULTIPLY_OR_ZERO -> bounded(a.multiply(b));
            case DIVIDE -> a.signum() == 0 && b.signum() != 0 ? a : working(a).divide(working(b));
            case POW -> power(a, b);
            case ATAN2 -> ApfloatMath.atan2(working(a), working(b));
            case HYPOT -> hypot(a, b);
            case MIN -> a.compareTo(b) <= 0 ? a : b;
            case MAX -> a.compareTo(b) >= 0 ? a : b;
            case LESS -> truth(a.compareTo(b) < 0);
            case LESS_OR_EQUAL -> truth(a.compareTo(b) <= 0);
            case EQUAL -> truth(a.compareTo(b) == 0);
            case FMA -> sum(bounded(a.multiply(b)), c);
            case SELECT -> a.signum() != 0 ? b : c;
        };
    }

    private static Apfloat truth(boolean holds) {
        return new Apfloat(holds ? 1 : 0);
    }

    /** Halves go to the even neighbour. */
    private static Apfloat rounded(Apfloat a) {
        Apfloat below = a.floor();
        Apfloat twice = a.subtract(below).multiply(new Apfloat(2));
        boolean isOdd = below.truncate().mod(new org.apfloat.Apint(2)).signum() != 0;
        int side = twice.compareTo(ONE);
        return side > 0 || (side == 0 && isOdd) ? below.add(ONE) : below;
    }

    /** What is far below the other operand counts down to {@value #MOST_DIGITS} digits. */
    private static Apfloat sum(Apfloat a, Apfloat b) {
        if (a.signum() != 0 && b.signum() != 0 && Math.abs(a.scale() - b.scale()) > MOST_DIGITS) {
            return a.scale() > b.scale() ? a : b;
        }
        return bounded(a.add(b));
    }

    private static Apfloat bounded(Apfloat a) {
        return (a.precision() != Apfloat.INFINITE && a.precision() > MOST_DIGITS) || a.size() > MOST_DIGITS
                ? a.precision(MOST_DIGITS)
                : a;
    }

    private Apfloat hypot(Apfloat a, Apfloat b) {
        Apfloat squares = sum(a.multiply(a), b.multiply(b));
        return squares.signum() == 0 ? squares : ApfloatMath.sqrt(working(squares));
    }

    private Apfloat power(Apfloat a, Apfloat b) {
        if (b.isInteger() && b.scale() < 10) {
            return ApfloatMath.pow(working(a), b.longValue());
        }
        return ApfloatMath.pow(working(a), working(b));
    }

    /** An exact number cut to the digits that a function needs; others have the digits that are left. */
    private Apfloat working(Apfloat a) {
        if (a.signum() == 0 || a.precision() != Apfloat.INFINITE) {
            return a;
        }
        return a.precision(Math.min(MOST_DIGITS, digits + Math.max(a.size(), Math.max(0, a.scale()))));
    }

    /** Digits enough for f(0) to cancel. */
    private Apfloat nearZero(Apfloat a) {
        Apfloat number = working(a);
        return a.scale() >= 0 ? number : number.precision(Math.min(MOST_DIGITS, number.precision() - 2 * a.scale()));
    }
}
