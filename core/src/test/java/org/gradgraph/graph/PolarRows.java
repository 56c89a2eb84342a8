package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link TrigonometricOps}. Finite points were computed with 60 digits. */
final class PolarRows {
    private PolarRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.binary("hypot", Elementary::hypot)
                        .page(
                                "√(a² + b²), without overflow",
                                "a/y, b/y",
                                "at (0, 0): 0, 0, in the second derivative too; infinite operands: the limit, or that on the diagonal")
                        .domains(0.5, 2)
                        .ulps(3)
                        .point(3.0, 4.0, 5.0, 0.6, 0.8)
                        .point(0.0, -2.0, 2.0, 0.0, -1.0)
                        .point(1e+200, 1e+200, 1.414213562373095e+200, 0.7071067811865476, 0.7071067811865476)
                        .point(3e-310, 4e-310, 5e-310, 0.6, 0.8)
                        .point(-3e+307, 4e+307, 5e+307, -0.6, 0.8)
                        .point(1.7e+308, 1e+308, POSITIVE_INFINITY, 0.8619342151577695, 0.5070201265633939)
                        .point(1e-300, 1e+300, 1e+300, 0.0, 1.0)
                        .point(0, 0, 0, 0, 0)
                        .point(NaN, 4, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 4, POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, 4, POSITIVE_INFINITY, -1, 0)
                        .point(3, POSITIVE_INFINITY, POSITIVE_INFINITY, 0, 1)
                        .point(3, NEGATIVE_INFINITY, POSITIVE_INFINITY, 0, -1)
                        .point(
                                POSITIVE_INFINITY,
                                NEGATIVE_INFINITY,
                                POSITIVE_INFINITY,
                                0.7071067811865476,
                                -0.7071067811865476)
                        .second(3, 4, 0.128, -0.096, 0.072)
                        .second(0, 0, 0, 0, 0)
                        .second(3e-200, 4e-200, 1.28e+199, -9.6e+198, 7.2e+198)
                        .second(POSITIVE_INFINITY, 4, 0, 0, 0)
                        .second(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0, 0, 0)
                        .second(NaN, 4, NaN, NaN, NaN),
                OperationRow.binary("atan2", Elementary::atan2)
                        .page(
                                "angle of the point (x, y)",
                                "x/r², −y/r² with r = √(x² + y²)",
                                "at (0, 0): NaN; at infinity: 0")
                        .domains(0.5, 2)
                        .ulps(4)
                        .point(1.0, 1.0, 0.7853981633974483, 0.5, -0.5)
                        .point(3.0, -4.0, 2.498091544796509, -0.16, -0.12)
                        .point(1e+200, 1e+200, 0.7853981633974483, 5e-201, -5e-201)
                        .point(0.0, -1.0, 3.141592653589793, -1.0, 0.0)
                        .point(3e-200, 4e-200, 0.6435011087932844, 1.6e+199, -1.2e+199)
                        .point(3e-308, 4e-308, 0.6435011087932844, 1.5999999999999998e+307, -1.2e+307)
                        .point(1.7e+308, 1.7e+308, 0.7853981633974483, 2.941176470588236e-309, -2.941176470588236e-309)
                        .point(1e-300, 1e+300, 0.0, 1e-300, -0.0)
                        .point(0, 0, 0, NaN, NaN)
                        .point(NaN, 4, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 4, 1.5707963267948966, 0, 0)
                        .point(NEGATIVE_INFINITY, 4, -1.5707963267948966, 0, 0)
                        .point(3, POSITIVE_INFINITY, 0, 0, 0)
                        .point(3, NEGATIVE_INFINITY, 3.141592653589793, 0, 0)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 0.7853981633974483, 0, 0)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, -2.356194490192345, 0, 0)
                        .second(1, 1, -0.5, 0, 0.5)
                        .second(3, -4, 0.0384, -0.0112, -0.0384)
                        .second(POSITIVE_INFINITY, 4, 0, 0, 0)
                        .second(3, NEGATIVE_INFINITY, 0, 0, 0)
                        .second(POSITIVE_INFINITY, POSITIVE_INFINITY, 0, 0, 0)
                        .second(0, 0, NaN, NaN, NaN),
                OperationRow.binary(
                                "inner lengthSlope", (a, b) -> Broadcasting.apply(TrigonometricOps.LENGTH_SLOPE, a, b))
                        .text("lengthSlope")
                        .domains(0.5, 2)
                        .ulps(4)
                        .point(3, 4, 0.6, 0.128, -0.096)
                        .point(0, 0, 0, 0, 0)
                        .point(NaN, 4, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 4, 1, 0, 0)
                        .point(NEGATIVE_INFINITY, 4, -1, 0, 0)
                        .point(3, POSITIVE_INFINITY, 0, 0, 0)
                        .point(3, NEGATIVE_INFINITY, 0, 0, 0),
                OperationRow.binary(
                                "inner angleSlope", (a, b) -> Broadcasting.apply(TrigonometricOps.ANGLE_SLOPE, a, b))
                        .text("angleSlope")
                        .domains(0.5, 2)
                        .ulps(4)
                        .point(3, 4, 0.16, -0.0384, -0.0112)
                        .point(0, 0, NaN, NaN, NaN)
                        .point(NaN, 4, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 4, 0, 0, 0)
                        .point(NEGATIVE_INFINITY, 4, 0, 0, 0)
                        .point(3, POSITIVE_INFINITY, 0, 0, 0)
                        .point(3, NEGATIVE_INFINITY, 0, 0, 0));
    }
}
