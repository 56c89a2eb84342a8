package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.Here;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;

/** What a kernel cannot compute is told with the node and the line that made it. */
class KernelErrorTest {
    private final Node table = Node.input("table", 3, 2);
    private final Node index = Node.input("index", 2, 1);

    @Test
    void a_row_number_that_is_none_names_the_node_and_its_line() {
        Node rows = Indexing.gatherRows(table, index).named("words");
        String line = "KernelErrorTest.java:" + (Here.line() - 1);
        Run run = Program.of(rows).newRun();
        run.set(table, new double[3][2]).set(index, new double[][] {{0}, {3}});
        assertThatThrownBy(run::forward)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"words\" 2×2, made at " + line
                        + ": 3 at place 1 is not the number of a row; give whole numbers from 0 to 2");
    }

    @Test
    void so_do_rows_that_are_added_and_classes() {
        Node added = Indexing.scatterAddRows(Layout.sliceRows(table, 0, 2), index, 2);
        Node classes = Indexing.oneHot(index, 2, Over.EACH_ROW);
        for (Node node : List.of(added, classes)) {
            Run run = Program.of(node, table.sum()).newRun();
            run.set(table, new double[3][2]).set(index, new double[][] {{0}, {0.5}});
            assertThatThrownBy(run::forward)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(node.describe() + ", made at " + node.source() + ": 0.5 at place 1 ");
        }
    }

    @Test
    void a_constant_row_number_is_told_in_the_same_way() {
        Node rows = Indexing.gatherRows(Node.constant(new double[][] {{1}, {2}}), 5);
        assertThatThrownBy(() -> Program.of(rows).newRun().forward())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("made at KernelErrorTest.java:")
                .hasMessageContaining("5 at place 0 is not the number of a row");
    }

    /** Does to its result what a kernel must not do. */
    private record Replacing(Consumer<DMatrixRMaj> how) implements Kernel {
        @Override
        public String name() {
            return "replacing";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            how.accept(out);
        }
    }

    @Test
    void a_kernel_that_replaces_or_reshapes_its_result_is_refused_by_name() {
        assertRefused(new Replacing(out -> out.reshape(2, 3)), "2×3");
        assertRefused(new Replacing(out -> out.setTo(new DMatrixRMaj(5, 5))), "5×5");
        assertRefused(new Replacing(out -> out.data = new double[6]), "3×2");
    }

    private void assertRefused(Kernel kernel, String now) {
        Node node = Node.apply(kernel, table).named("R");
        Run run = Program.of(node.sum()).newRun().set(table, new double[3][2]);
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(run::forward)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("the kernel of \"R\" 3×2, made at " + node.source()
                            + ", replaced its result of 3×2 by one of " + now
                            + "; fill the given matrix in forward(…) of replacing");
        }
    }

    private record Broken(RuntimeException bug) implements Kernel {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            throw bug;
        }
    }

    @Test
    void a_bug_in_the_kernel_of_a_user_names_the_operation_to_fix() {
        Run run = of(new ArrayIndexOutOfBoundsException("Index 6 out of bounds for length 6"));
        assertThatThrownBy(run::forward)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the kernel of broken 3×2, made at KernelErrorTest.java:")
                .hasMessageEndingWith("failed with java.lang.ArrayIndexOutOfBoundsException: Index 6 out of bounds for"
                        + " length 6; fix forward(…) of broken")
                .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void a_wrong_shape_stays_one() {
        Run run = of(new ShapeException("3 rows", "give 2"));
        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("broken 3×2, made at KernelErrorTest.java:")
                .hasMessageEndingWith(": 3 rows; give 2");
    }

    private Run of(RuntimeException bug) {
        return Program.of(Node.apply(new Broken(bug), table)).newRun().set(table, new double[3][2]);
    }
}
