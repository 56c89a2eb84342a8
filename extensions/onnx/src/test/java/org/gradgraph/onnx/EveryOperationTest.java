package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.junit.jupiter.api.Test;

/** Every row of the contract table, with its gradients: exported and equal in ONNX Runtime, or refused in a sentence. */
class EveryOperationTest {
    private static final Path PAGE = Path.of("../../docs/onnx-operations.md");

    @Test
    void every_value_and_gradient_is_that_of_a_run() {
        check(ContractTable.rows(), 21, false, 1e-12);
    }

    @Test
    void sizes_may_be_symbolic_and_operators_older() {
        check(ContractTable.symbolicRows(), 17, false, 1e-12);
    }

    /** Of the 24 bits of a float, formulas that cancel lose up to half. */
    @Test
    void numbers_may_be_float() {
        check(ContractTable.rows(), 21, true, 1e-3);
    }

    private static void check(List<ContractTable.Row> rows, int opset, boolean inFloat, double tolerance) {
        int exported = 0;
        List<String> wrong = new ArrayList<>();
        for (ContractTable.Row row : rows) {
            List<Node> results = new ArrayList<>(List.of(row.y()));
            results.addAll(row.gradients());
            Program program = Program.of(results).rewrite(Rewriting.OFF);
            byte[] model;
            try {
                OnnxExport export = OnnxExport.of(program).opset(opset);
                model = (inFloat ? export.inFloat() : export).toBytes();
            } catch (OnnxException refused) {
                assertThat(refused)
                        .as(row.name())
                        .hasMessageMatching("(?s)OnnxExport: .* made at .*, cannot leave as ONNX: .*");
                continue;
            }
            exported++;
            Comparison.of(program, row.values(), model, tolerance)
                    .forEach(problem -> wrong.add(row.name() + ": " + problem));
        }
        assertThat(wrong).isEmpty();
        assertThat(exported).as("rows that leave").isGreaterThan(250);
    }

    @Test
    void the_table_has_every_operation() {
        Set<Class<?>> seen = new HashSet<>();
        for (ContractTable.Row row : ContractTable.rows()) {
            seen.add(row.y().op().map(Op::getClass).orElseThrow());
        }
        assertThat(ContractTable.operations()).hasSizeGreaterThan(50).allMatch(seen::contains);
    }

    @Test
    void the_page_of_operations_is_made_of_what_is_exported() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, page);
        } else {
            assertThat(Files.readString(PAGE))
                    .as("docs/onnx-operations.md, which -Dpages=write writes anew")
                    .isEqualTo(page);
        }
    }

    @Test
    void the_inverse_says_its_node_and_its_line() {
        Node a = Node.parameter("A", 3, 3);
        Node inverse = LinearAlgebra.inverse(a).named("inv");
        assertThatThrownBy(() -> OnnxExport.of(Program.of(inverse)).toBytes())
                .isInstanceOf(OnnxException.class)
                .hasMessageMatching("OnnxExport: inverse of \"inv\" 3×3, made at EveryOperationTest\\.java:\\d+, "
                        + "cannot leave as ONNX: no operators compute inverse");
    }

    private static String page() {
        Map<String, Set<String>> values = new TreeMap<>();
        Map<String, Set<String>> gradients = new TreeMap<>();
        for (ContractTable.Row row : ContractTable.rows()) {
            if (!row.method().startsWith("inner ")) {
                values.computeIfAbsent(row.method(), method -> new LinkedHashSet<>())
                        .add(way(List.of(row.y())));
                if (!row.gradients().isEmpty()) {
                    gradients
                            .computeIfAbsent(row.method(), method -> new LinkedHashSet<>())
                            .add(way(row.gradients()));
                }
            }
        }
        StringBuilder page = new StringBuilder("""
                # Operations as ONNX

                How each operation leaves in double, as `OnnxExport` writes it for opset 21: by one operator, composed of several, or refused. In programs,
                gradients share operators with values. A test makes this page of the export itself. See [ONNX](onnx.md).

                | operation | value | gradients |
                |---|---|---|
                """);
        values.forEach((method, ways) -> page.append("| `")
                .append(method)
                .append("` | ")
                .append(cell(ways))
                .append(" | ")
                .append(gradients.containsKey(method) ? cell(gradients.get(method)) : "none")
                .append(" |\n"));
        return page.toString();
    }

    private static String cell(Collection<String> ways) {
        return String.join("; ", ways);
    }

    private static String way(List<Node> results) {
        try {
            byte[] bytes =
                    OnnxExport.of(Program.of(results).rewrite(Rewriting.OFF)).toBytes();
            List<NodeProto> nodes = ModelProto.parseFrom(bytes).getGraph().getNodeList().stream()
                    .filter(node -> !List.of("Constant", "Identity").contains(node.getOpType()))
                    .toList();
            if (nodes.size() > 1) {
                return "composed of " + nodes.size() + " operators";
            }
            return nodes.stream()
                    .map(node -> "`" + node.getOpType() + "`")
                    .findFirst()
                    .orElse("a constant or a copy");
        } catch (OnnxException refused) {
            return "refused: " + refused.getMessage().replaceFirst("(?s).*ONNX: ", "");
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
