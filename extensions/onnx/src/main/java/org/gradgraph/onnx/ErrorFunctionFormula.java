package org.gradgraph.onnx;

import static org.gradgraph.graph.Formula.constant;
import static org.gradgraph.graph.Formula.select;

import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Primitive;

/**
 * The error function and its complement as formulas: the approximations of W. J. Cody that {@code Primitive.ERF} uses.
 */
final class ErrorFunctionFormula {
    private static final double[] NEAR_ABOVE = {
        0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694
    };

    private static final double[] NEAR_BELOW = {
        1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
    };

    private static final double[] MIDDLE_ABOVE = {
        2.1531153547440383e-08,
        0.5641884969886701,
        8.883149794388377,
        66.11919063714163,
        298.6351381974001,
        881.952221241769,
        1712.0476126340707,
        2051.0783778260716,
        1230.3393547979972
    };

    private static final double[] MIDDLE_BELOW = {
        1,
        15.744926110709835,
        117.6939508913125,
        537.1811018620099,
        1621.3895745666903,
        3290.7992357334597,
        4362.619090143247,
        3439.3676741437216,
        1230.3393548037495
    };

    private static final double[] FAR_ABOVE = {
        0.016315387137302097,
        0.30532663496123236,
        0.36034489994980445,
        0.12578172611122926,
        0.016083785148742275,
        0.0006587491615298378
    };

    private static final double[] FAR_BELOW = {
        1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918
    };

    private ErrorFunctionFormula() {}

    static Formula erf(Formula x) {
        Formula size = x.abs();
        Formula far = constant(0.5).minus(tail(size)).plus(constant(0.5));
        return select(isNear(size), x.times(near(x)), select(x.lessThan(constant(0)), far.negate(), far));
    }

    static Formula erfc(Formula x) {
        Formula size = x.abs();
        Formula tail = tail(size);
        return select(
                isNear(size),
                constant(1).minus(x.times(near(x))),
                select(x.lessThan(constant(0)), constant(2).minus(tail), tail));
    }

    private static Formula isNear(Formula size) {
        return Formula.of(Primitive.LESS_OR_EQUAL, size, constant(0.46875));
    }

    private static Formula near(Formula x) {
        return quotient(NEAR_ABOVE, NEAR_BELOW, x.times(x));
    }

    private static Formula tail(Formula x) {
        Formula t = constant(1).dividedBy(x.times(x));
        Formula correction = t.times(quotient(FAR_ABOVE, FAR_BELOW, t));
        Formula far = constant(0.5641895835477563).minus(correction).dividedBy(x);
        Formula middle = quotient(MIDDLE_ABOVE, MIDDLE_BELOW, x);
        Formula isMiddle = Formula.of(Primitive.LESS_OR_EQUAL, x, constant(4));
        return select(constant(27.3).lessThan(x), constant(0), gauss(x).times(select(isMiddle, middle, far)));
    }

    /** exp(−x²), of which a part with an exact square is taken first. */
    private static Formula gauss(Formula x) {
        Formula head = Formula.of(Primitive.FLOOR, x.times(constant(16))).dividedBy(constant(16));
        Formula rest = x.minus(head).times(x.plus(head));
        return head.negate().times(head).exp().times(rest.negate().exp());
    }

    private static Formula quotient(double[] above, double[] below, Formula x) {
        return Polynomial.of(above, x).dividedBy(Polynomial.of(below, x));
    }
}
