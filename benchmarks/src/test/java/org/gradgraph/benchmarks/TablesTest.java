package org.gradgraph.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.gradgraph.benchmarks.step.Workload;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void figures_have_the_digits_that_matter() {
        assertThat(Figures.digits(0.001234)).isEqualTo("0.00123");
        assertThat(Figures.digits(0.0567)).isEqualTo("0.057");
        assertThat(Figures.digits(25342)).isEqualTo("25000");
        assertThat(Figures.digits(Double.NaN)).isEqualTo("–");
        assertThat(Figures.time(OptionalDouble.of(3_210_000))).isEqualTo("3.2 ms");
        assertThat(Figures.time(OptionalDouble.of(55))).isEqualTo("55 ns");
    }

    @Test
    void a_ratio_above_its_goal_is_marked() {
        OptionalDouble one = OptionalDouble.of(1);
        OptionalDouble two = OptionalDouble.of(2);

        assertThat(Figures.ratio(one, two, 0.4)).isEqualTo("0.5 ✗");
        assertThat(Figures.ratio(one, two, 0.5)).isEqualTo("0.5");
        assertThat(Figures.ratio(one, two, Double.NaN)).isEqualTo("0.5");
        assertThat(Figures.ratio(one, OptionalDouble.empty(), 0.4)).isEqualTo("–");
    }

    @Test
    void the_best_pytorch_is_the_one_with_the_least_median() {
        // GIVEN one that was lucky once, and one that is faster
        List<Setting> settings = Setting.all(2);
        Setting lucky = settings.stream()
                .filter(setting -> setting.title().equals("PyTorch by DJL, 1 thread"))
                .findFirst()
                .orElseThrow();
        Setting faster = settings.stream()
                .filter(setting -> setting.title().equals("PyTorch in Python, 2 threads"))
                .findFirst()
                .orElseThrow();
        Times times = new Times();
        List.of(1.0, 50.0, 60.0).forEach(time -> times.add(Workload.CHAIN, lucky, time));
        List.of(40.0, 41.0, 42.0).forEach(time -> times.add(Workload.CHAIN, faster, time));

        // THEN the median decides
        assertThat(times.best(Workload.CHAIN, Setting.Role.PYTORCH)).contains(faster);
        assertThat(times.median(Workload.CHAIN, faster)).hasValue(41);
        assertThat(new StepTables(times, settings, 2).ratios()).contains("41 ns");
    }

    @Test
    void figures_replace_the_old_ones_and_nothing_else() {
        String page = "before\n<!-- figures: written by benchmarks/run -->\nold\n<!-- end of figures -->\nafter\n";

        String once = Page.replace(page, "| new |\n");

        assertThat(once)
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| new |")
                .doesNotContain("old");
        assertThat(Page.replace(once, "| new |\n")).isEqualTo(once);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Page.replace("no place\n", "x"))
                .withMessageContaining("<!-- end of figures -->");
    }

    @Test
    void the_page_of_the_documentation_has_a_place_for_figures() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "performance.md"));

        assertThat(Page.replace(page, "| new |\n")).contains("| new |");
    }

    @Test
    void the_machine_is_described_without_its_name() {
        assertThat(Machine.describe()).contains(System.getProperty("java.version"), "cores");
    }

    @Test
    void openblas_takes_part_in_products_only() {
        Setting blas = Setting.all(2).stream()
                .filter(setting -> setting.role() == Setting.Role.BLAS)
                .findFirst()
                .orElseThrow();

        assertThat(blas.does(Workload.PRODUCT_1024)).isTrue();
        assertThat(blas.does(Workload.NETWORK)).isFalse();
    }
}
