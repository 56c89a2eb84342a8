package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Op.GradientFlow;
import org.junit.jupiter.api.Test;

class GradientFlowTest {
    private record NoRule() implements Elementwise {
        @Override
        public String name() {
            return "noRule";
        }

        @Override
        public Formula formula() {
            return Formula.argument(0).exp();
        }
    }

    private final Node x = Node.parameter("x");

    @Test
    void a_report_can_tell_stopped_from_cut_from_passing() {
        assertThat(flow(x.stopGradient())).isEqualTo(GradientFlow.STOPPED);
        assertThat(flow(Elementary.floor(x))).isEqualTo(GradientFlow.CUT);
        assertThat(flow(Comparisons.less(x, x))).isEqualTo(GradientFlow.CUT);
        assertThat(flow(x.exp())).isEqualTo(GradientFlow.PASSES);
    }

    private static GradientFlow flow(Node node) {
        return node.op().orElseThrow().gradientFlow();
    }

    @Test
    void the_gradient_graph_has_no_node_for_what_lies_behind_a_stop() {
        Node gradient = Derivatives.gradient(x.times(x.exp().sin().stopGradient()), x);
        assertThat(Graph.of(gradient).toString()).doesNotContain("cos");
        Node nothing = Derivatives.gradient(x.exp().stopGradient(), x);
        assertThat(Graph.of(nothing).nodes()).hasSize(1);
    }

    @Test
    void an_operation_without_a_vjp_is_no_obstacle_behind_a_cut_but_is_one_elsewhere() {
        Node hidden = Comparisons.greater(Node.apply(new NoRule(), x), 1).times(x);
        assertThat(Derivatives.gradient(hidden, x).shape()).isEqualTo(Shape.SCALAR);
        Node seen = Node.apply(new NoRule(), x).times(x);
        assertThatThrownBy(() -> Derivatives.gradient(seen, x))
                .isInstanceOf(NoGradientException.class)
                .hasMessageContaining("noRule");
    }

    @Test
    void an_operation_that_cuts_needs_no_vjp_and_gives_zeros() {
        Node y = Elementary.round(x);
        List<Node> cotangents = Provenance.vjp(y, Node.constant(1));
        assertThat(cotangents)
                .singleElement()
                .satisfies(zero -> assertThat(zero.op()).contains(new Constant(new DMatrixRMaj(1, 1))));
    }

    @Test
    void bounds_the_wrong_way_round_are_refused() {
        assertThatThrownBy(() -> x.clip(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clip: no number lies between 2 and 1; give the lower bound first");
        assertThatThrownBy(() -> x.clip(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
