package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link ActivationOps}. Finite points were computed with 60 digits. */
final class ActivationRows {
    private ActivationRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("sigmoid", Ops::sigmoid)
                        .ulps(8)
                        .point(0, 0.5, 0.25)
                        .point(2, 0.8807970779778824, 0.10499358540350652)
                        .point(-700, 9.85967654375977e-305, 9.85967654375977e-305)
                        .point(1000, 1, 0)
                        .point(-1000, 0, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("logSigmoid", Ops::logSigmoid)
                        .text("logSigmoid")
                        .ulps(3)
                        .point(0, -0.6931471805599453, 0.5)
                        .point(2, -0.1269280110429725, 0.11920292202211756)
                        .point(-3, -3.048587351573742, 0.9525741268224333)
                        .point(700, -9.85967654375977e-305, 9.85967654375977e-305)
                        .point(-1000, -1000, 1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 0, 0)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 1),
                OperationRow.unary("softplus", Ops::softplus)
                        .ulps(3)
                        .point(0, 0.6931471805599453, 0.5)
                        .point(2, 2.1269280110429727, 0.8807970779778824)
                        .point(-3, 0.04858735157374206, 0.04742587317756678)
                        .point(-700, 9.85967654375977e-305, 9.85967654375977e-305)
                        .point(1000, 1000, 1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("relu", Ops::relu)
                        .avoiding(0)
                        .point(3, 3, 1)
                        .point(-2, 0, 0)
                        .point(0, 0, 0)
                        .point(1e-300, 1e-300, 1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("leakyRelu", x -> Ops.leakyRelu(x, 0.25))
                        .avoiding(0)
                        .text("leakyRelu(0.25)")
                        .point(3, 3, 1)
                        .point(-2, -0.5, 0.25)
                        .point(0, 0, 0.25)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0.25),
                OperationRow.unary("elu", x -> Ops.elu(x, 1.5))
                        .avoiding(0)
                        .text("elu(1.5)")
                        .ulps(3)
                        .point(3, 3, 1)
                        .point(-2, -1.296997075145081, 0.20300292485491903)
                        .point(0, 0, 1.5)
                        .point(1000, 1000, 1)
                        .point(-50, -1.5, 2.8931247719458766e-22)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, -1.5, 0),
                OperationRow.unary("selu", Ops::selu)
                        .avoiding(0)
                        .text("elu(1.6732632423543772), scale(1.0507009873554805)")
                        .ulps(4)
                        .point(3, 3.1521029620664414, 1.0507009873554805)
                        .point(-2, -1.520166468595695, 0.23793287225168183)
                        .point(0, 0, 1.7580993408473768)
                        .point(1000, 1050.7009873554805, 1.0507009873554805)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1.0507009873554805)
                        .point(NEGATIVE_INFINITY, -1.7580993408473768, 0),
                OperationRow.unary("gelu", Ops::gelu)
                        .ulps(64)
                        .point(0, 0, 0.5)
                        .point(1, 0.8413447460685429, 1.0833154705876864)
                        .point(-1, -0.15865525393145705, -0.0833154705876863)
                        .point(2.5, 2.4844758366855597, 1.037611085908145)
                        .point(-5, -1.4332578593959695e-06, -7.146946001792295e-06)
                        .point(100, 100, 1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("silu", Ops::silu)
                        .ulps(8)
                        .point(0, 0, 0.5)
                        .point(1, 0.7310585786300049, 0.9276705118714867)
                        .point(-1, -0.2689414213699951, 0.07232948812851327)
                        .point(2.5, 2.310354549946891, 1.0994011113415267)
                        .point(-5, -0.03346425462142428, -0.02654743242966592)
                        .point(-700, -6.90177358063184e-302, -6.891913904088079e-302)
                        .point(1000, 1000, 1)
                        .point(-1000, 0, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("softsign", Ops::softsign)
                        .avoiding(0)
                        .ulps(3)
                        .point(0, 0, 1)
                        .point(1, 0.5, 0.25)
                        .point(-3, -0.75, 0.0625)
                        .point(1e+300, 1, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, -1, 0),
                OperationRow.unary("hardTanh", Ops::hardTanh)
                        .avoiding(-1, 1)
                        .text("clip(-1, 1)")
                        .point(0.5, 0.5, 1)
                        .point(1, 1, 1)
                        .point(-1, -1, 1)
                        .point(2, 1, 0)
                        .point(-2, -1, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, -1, 0));
    }
}
