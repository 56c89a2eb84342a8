package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.gradgraph.exec.kernel.Kernels;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    @Test
    void without_any_found_or_usable_they_are_the_portable_ones() {
        assertThat(Execution.best(List.of())).isExactlyInstanceOf(Kernels.class);
        Iterable<Kernels> broken = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Kernels next() {
                throw new ServiceConfigurationError("cannot be instantiated");
            }
        };
        assertThat(Execution.best(broken)).isExactlyInstanceOf(Kernels.class);
        Iterable<Kernels> unlinkable = () -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/Vector");
        };
        assertThat(Execution.best(unlinkable)).isExactlyInstanceOf(Kernels.class);
    }

    @Test
    void the_first_usable_ones_are_taken() {
        Kernels first = new Kernels();
        assertThat(Execution.best(List.of(first, new Kernels()))).isSameAs(first);
    }
}
