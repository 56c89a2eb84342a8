package org.gradgraph.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Fingerprint;
import org.gradgraph.benchmarks.step.Numbers;
import org.gradgraph.benchmarks.step.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {
    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"PRODUCT_1024"},
            mode = EnumSource.Mode.EXCLUDE)
    void gradgraph_computes_what_the_loops_by_hand_compute(Workload workload) {
        assertThatCode(() -> of(Library.GRADGRAPH, workload).requireLike(of(Library.PLAIN, workload)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_contestant_that_is_off_by_a_billionth_part_is_refused() {
        Fingerprint right = of(Library.PLAIN, Workload.PLANAR);
        Fingerprint costOff = new Fingerprint(right.cost() * (1 + 2e-9), right.sum(), right.weighted(), right.size());
        Fingerprint swapped = new Fingerprint(right.cost(), right.sum(), right.weighted() + 1e-8, right.size());

        assertThatIllegalStateException().isThrownBy(() -> costOff.requireLike(right));
        assertThatIllegalStateException().isThrownBy(() -> swapped.requireLike(right));
        assertThatIllegalStateException().isThrownBy(() -> new Fingerprint(Double.NaN, 0, 0, 0).requireLike(right));
    }

    @Test
    void a_fingerprint_survives_its_text() {
        Fingerprint found = of(Library.PLAIN, Workload.SCALAR);

        assertThat(Fingerprint.parse(found.text())).isEqualTo(found);
        assertThat(found.cost()).isEqualTo(33);
        assertThat(found.sum()).isEqualTo(3 + 6 + 9);
    }

    /** With seed 0 the first number of SplitMix64 is E220A8397B1DCDAF; the upper 53 bits are used. */
    @Test
    void the_numbers_are_those_of_split_mix() {
        assertThat(Numbers.at(0, 0)).isEqualTo((0xE220A8397B1DCDAFL >>> 11) * 0x1p-53);
    }

    private static Fingerprint of(Library library, Workload workload) {
        try (Contestant contestant = library.start(workload, 1)) {
            return Fingerprint.of(contestant);
        }
    }
}
