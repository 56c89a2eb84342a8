package org.gradgraph.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class GradgraphSoftAssertionsTest {
    private final GradgraphSoftAssertions softly = new GradgraphSoftAssertions();

    @Test
    void all_failures_are_collected_and_told_together() {
        softly.assertThat(Node.parameter("w", 3, 1)).as("shape").hasShape(1, 3).hasShape(3, 1);
        softly.assertThat(new DMatrixRMaj(2, 2)).hasShape(1, 1).isCloseTo(new double[][] {{0, 0}, {0, 7}}, within(1.0));
        softly.assertThat("EJML").isEqualTo("Ejml");

        assertThatThrownBy(softly::assertAll)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Multiple Failures (4 failures)")
                .hasMessageContaining("[shape] Expecting \"w\" 3×1")
                .hasMessageContaining("Expecting a 1×1 matrix but it is 2×2")
                .hasMessageContaining("the worst is (1,1): expected 7.0 but was 0.0")
                .hasMessageContaining("\"Ejml\"");
    }

    @Test
    void what_holds_is_silent() {
        Node w = Node.parameter("w", 3, 1);
        softly.assertThat(w.plus(w)).hasShape(3, 1).isEquivalentTo(w.times(2));
        softly.assertThat(new DMatrixRMaj(2, 2)).isFinite();

        softly.assertAll();
    }
}
