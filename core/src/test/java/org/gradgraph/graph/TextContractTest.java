package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How every operation is printed. */
class TextContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void the_text_form_names_the_operation_and_is_the_same_each_time(OperationRow row) {
        Sample sample = Sample.fixed(row);
        String labels = String.join(
                ", ",
                Graph.of(sample.y).nodes().stream()
                        .flatMap(node -> node.op().map(Op::label).stream())
                        .toList());
        assertThat(labels).isEqualTo(row.text());
        String text = Graph.of(sample.withGradients()).toString();
        assertThat(Graph.of(Sample.fixed(row).withGradients()).toString()).isEqualTo(text);
        assertThat(text).contains("= " + sample.y.op().orElseThrow().label());
        assertThat(Sample.fixed(row).y.op())
                .as("equal operations are equal values")
                .isEqualTo(sample.y.op());
    }
}
