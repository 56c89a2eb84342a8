package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.junit.jupiter.api.Test;

/** What leaves and comes back. */
class RoundTripTest {
    /** For the runtime, a choice is a choice. */
    private static final String CHOICE = "inner fallback";

    @Test
    void a_network_is_the_same_graph() {
        Dim m = Dim.named("m");
        Node x = Node.input("X", m, 4);
        Node y = Node.input("Y", m, 3);
        Node w1 = Node.parameter("W1", 4, 5);
        Node b1 = Node.parameter("b1", 1, 5);
        Node w2 = Node.parameter("W2", 3, 5);
        Node hidden = x.matmul(w1).plus(b1).relu().named("hidden");
        Node p = Activations.softmax(LinearAlgebra.matmul(hidden, w2, false, true), Over.EACH_ROW)
                .named("P");
        Node cost = p.minus(y).square().rowSums().sqrt().mean().named("J");
        Program program = Program.of(cost).rewrite(Rewriting.OFF);
        Feeds weights = Feeds.of(w1, new DMatrixRMaj(4, 5))
                .and(b1, new DMatrixRMaj(1, 5))
                .and(w2, new DMatrixRMaj(3, 5));
        OnnxImport back =
                OnnxImport.of(OnnxExport.of(program).withValues(weights).toBytes());
        assertThat(Graph.of(back.outputs())).hasToString(program.graph().toString());
        assertThat(back.values()).hasToString(weights.toString());
    }

    /** An operation that leaves as one operator comes back as the same one; others keep their values. */
    @Test
    void what_is_one_operator_is_the_same_operation_and_all_values_stay() throws InvalidProtocolBufferException {
        List<String> wrong = new ArrayList<>();
        int same = 0;
        int imported = 0;
        for (ContractTable.Row row : ContractTable.rows()) {
            for (List<Node> results : List.of(List.of(row.y()), row.gradients())) {
                if (results.isEmpty()) {
                    continue;
                }
                Program program = Program.of(results).rewrite(Rewriting.OFF);
                byte[] model;
                OnnxImport back;
                try {
                    model = OnnxExport.of(program).toBytes();
                    back = OnnxImport.of(model);
                } catch (OnnxException refused) {
                    continue;
                }
                imported++;
                wrong.addAll(differences(row, program, back));
                String text = program.graph().toString().replace("parameter", "input");
                String other = Graph.of(back.outputs()).toString().replaceAll(" \"(output|gradient)\\d\"", "");
                boolean isDirect = isOneOperator(model)
                        && program.graph().nodes(Node.Kind.OPERATION).size() == 1;
                if (text.equals(other)) {
                    same++;
                } else if (isDirect && !row.name().equals(CHOICE)) {
                    wrong.add(row.name() + "\n" + text + other);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(same).as("the same text").isGreaterThan(190);
        assertThat(imported).as("results that come back").isGreaterThan(450);
    }

    private static boolean isOneOperator(byte[] model) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
                        .filter(node -> !List.of("Constant", "Cast", "Identity").contains(node.getOpType()))
                        .count()
                == 1;
    }

    private static List<String> differences(ContractTable.Row row, Program program, OnnxImport back) {
        Map<Node, DMatrixRMaj> given = new LinkedHashMap<>(row.values());
        given.keySet().removeIf(node -> !program.graph().contains(node));
        Feeds feeds = Feeds.none();
        Feeds others = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> value : given.entrySet()) {
            feeds = feeds.and(value.getKey(), value.getValue());
            others = others.and(back.input(value.getKey().name().orElseThrow()), value.getValue());
        }
        Run run = program.newRun().set(feeds).forward();
        Program other = Program.of(back.outputs()).rewrite(Rewriting.OFF);
        Run otherRun = other.newRun().set(others.readBy(other)).forward();
        List<String> problems = new ArrayList<>();
        for (int k = 0; k < program.outputs().size(); k++) {
            problems.addAll(Comparison.differences(
                    row.name() + " " + k,
                    otherRun.value(back.outputs().get(k)),
                    run.value(program.outputs().get(k)),
                    1e-12));
        }
        return problems;
    }
}
