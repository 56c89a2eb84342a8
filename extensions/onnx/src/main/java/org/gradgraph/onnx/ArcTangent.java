package org.gradgraph.onnx;

import static org.gradgraph.graph.Formula.constant;
import static org.gradgraph.graph.Formula.select;

import org.gradgraph.graph.Formula;

/**
 * The arc tangent as a formula: that of fdlibm, the reference of {@link StrictMath}.
 *
 * <p>The operand is taken to a number below 7/16 by one of the angles 0, atan(1/2), π/4, atan(3/2) and π/2.
 */
final class ArcTangent {
    private static final double[] EVEN = {
        0.016285820115365782,
        0.049768779946159324,
        0.06661073137387531,
        0.09090887133436507,
        0.14285714272503466,
        0.3333333333333293
    };

    private static final double[] ODD = {
        -0.036531572744216916, -0.058335701337905735, -0.0769187620504483, -0.11111110405462356, -0.19999999999876483
    };

    private ArcTangent() {}

    static Formula formula(Formula x) {
        Formula one = constant(1);
        Formula size = x.abs();
        Formula toHalf = size.plus(size).minus(one).dividedBy(size.plus(constant(2)));
        Formula toOne = size.minus(one).dividedBy(size.plus(one));
        Formula toOneAndAHalf =
                size.minus(constant(1.5)).dividedBy(size.times(constant(1.5)).plus(one));
        Formula rest =
                pick(size, size, toHalf, toOne, toOneAndAHalf, constant(-1).dividedBy(size));
        Formula angle = pick(
                size,
                constant(0),
                constant(0.4636476090008061),
                constant(0.7853981633974483),
                constant(0.982793723247329),
                constant(1.5707963267948966));
        Formula lost = pick(
                size,
                constant(0),
                constant(2.2698777452961687e-17),
                constant(3.061616997868383e-17),
                constant(1.3903311031230998e-17),
                constant(6.123233995736766e-17));
        Formula square = rest.times(rest);
        Formula fourth = square.times(square);
        Formula series = square.times(Polynomial.of(EVEN, fourth)).plus(fourth.times(Polynomial.of(ODD, fourth)));
        Formula value = angle.minus(rest.times(series).minus(lost).minus(rest));
        return select(x.lessThan(constant(0)), value.negate(), value);
    }

    private static Formula pick(Formula size, Formula a, Formula b, Formula c, Formula d, Formula e) {
        return select(
                size.lessThan(constant(0.4375)),
                a,
                select(
                        size.lessThan(constant(0.6875)),
                        b,
                        select(size.lessThan(constant(1.1875)), c, select(size.lessThan(constant(2.4375)), d, e))));
    }
}
