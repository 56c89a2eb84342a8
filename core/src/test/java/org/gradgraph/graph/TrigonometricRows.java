package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link TrigonometricOps}. Finite points were computed with 60 digits. */
final class TrigonometricRows {
    private TrigonometricRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("sin", Ops::sin)
                        .point(1, 0.8414709848078965, 0.5403023058681398)
                        .point(0, 0, 1)
                        .point(-2, -0.9092974268256817, -0.4161468365471424)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN),
                OperationRow.unary("cos", Ops::cos)
                        .point(1, 0.5403023058681398, -0.8414709848078965)
                        .point(0, 1, 0)
                        .point(-2, -0.4161468365471424, 0.9092974268256817)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN),
                OperationRow.unary("tan", Ops::tan)
                        .domain(-1.2, 1.2)
                        .ulps(4)
                        .point(1, 1.5574077246549023, 3.4255188208147596)
                        .point(0, 0, 1)
                        .point(-0.5, -0.5463024898437905, 1.2984464104095248)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN),
                OperationRow.unary("asin", Ops::asin)
                        .domain(-0.8, 0.8)
                        .ulps(3)
                        .point(0.5, 0.5235987755982989, 1.1547005383792515)
                        .point(0, 0, 1)
                        .point(-0.75, -0.848062078981481, 1.511857892036909)
                        .point(0.9999999999999999, 1.5707963118937354, 67108864.0)
                        .point(1, 1.5707963267948966, POSITIVE_INFINITY)
                        .point(-1, -1.5707963267948966, POSITIVE_INFINITY)
                        .point(2, NaN, NaN)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN)
                        .second(0.5, 0.769800358919501)
                        .second(1, POSITIVE_INFINITY)
                        .second(-1, NEGATIVE_INFINITY),
                OperationRow.unary("acos", Ops::acos)
                        .domain(-0.8, 0.8)
                        .ulps(3)
                        .point(0.5, 1.0471975511965979, -1.1547005383792515)
                        .point(0, 1.5707963267948966, -1)
                        .point(-0.75, 2.4188584057763776, -1.511857892036909)
                        .point(0.9999999999999999, 1.4901161193847656e-08, -67108864.0)
                        .point(1, 0, NEGATIVE_INFINITY)
                        .point(-1, 3.141592653589793, NEGATIVE_INFINITY)
                        .point(2, NaN, NaN)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN)
                        .second(0.5, -0.769800358919501)
                        .second(1, NEGATIVE_INFINITY)
                        .second(-1, POSITIVE_INFINITY),
                OperationRow.unary("atan", Ops::atan)
                        .point(1, 0.7853981633974483, 0.5)
                        .point(0, 0, 1)
                        .point(-3, -1.2490457723982544, 0.1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1.5707963267948966, 0)
                        .point(NEGATIVE_INFINITY, -1.5707963267948966, 0)
                        .second(1, -0.5)
                        .second(-3, 0.06),
                OperationRow.unary("inner arcSlope", x -> Node.apply(TrigonometricOps.ARC_SLOPE, x))
                        .text("arcSlope")
                        .domain(-0.8, 0.8)
                        .ulps(4)
                        .point(0.5, 1.1547005383792515, 0.769800358919501)
                        .point(0, 1, 0)
                        .point(1, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(-1, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(2, NaN, NaN)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, NaN, NaN)
                        .point(NEGATIVE_INFINITY, NaN, NaN)
                        .second(POSITIVE_INFINITY, NaN)
                        .second(NEGATIVE_INFINITY, NaN),
                OperationRow.unary("sinh", Ops::sinh)
                        .ulps(3)
                        .point(1, 1.1752011936438014, 1.5430806348152437)
                        .point(0, 0, 1)
                        .point(-20, -242582597.70489514, 242582597.70489514)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, POSITIVE_INFINITY)
                        .second(POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .second(NEGATIVE_INFINITY, NEGATIVE_INFINITY),
                OperationRow.unary("cosh", Ops::cosh)
                        .ulps(3)
                        .point(1, 1.5430806348152437, 1.1752011936438014)
                        .point(0, 1, 0)
                        .point(-20, 242582597.70489514, -242582597.70489514)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .second(POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .second(NEGATIVE_INFINITY, POSITIVE_INFINITY),
                OperationRow.unary("tanh", Ops::tanh)
                        .ulps(4)
                        .point(0.5, 0.46211715726000974, 0.7864477329659274)
                        .point(0, 0, 1)
                        .point(1e-10, 1e-10, 1)
                        .point(-1, -0.7615941559557649, 0.4199743416140261)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, -1, 0));
    }
}
