package org.gradgraph.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gradgraph.benchmarks.step.Workload;

/** The times of all contestants in all rounds. */
final class Times {
    private final Map<Workload, Map<Setting, List<Double>>> rounds = new EnumMap<>(Workload.class);

    void add(Workload workload, Setting setting, double nanoseconds) {
        rounds.computeIfAbsent(workload, key -> new LinkedHashMap<>())
                .computeIfAbsent(setting, key -> new ArrayList<>())
                .add(nanoseconds);
    }

    Set<Workload> workloads() {
        return rounds.keySet();
    }

    /** The median of the rounds in nanoseconds, if the contestant took part. */
    OptionalDouble median(Workload workload, Setting setting) {
        List<Double> times = rounds.getOrDefault(workload, Map.of()).get(setting);
        return times == null ? OptionalDouble.empty() : OptionalDouble.of(Median.of(times));
    }

    /** The fastest of a role, on any number of threads. */
    Optional<Setting> best(Workload workload, Setting.Role role) {
        return rounds.getOrDefault(workload, Map.of()).keySet().stream()
                .filter(setting -> setting.role() == role)
                .min(Comparator.comparingDouble(
                        setting -> median(workload, setting).orElse(Double.NaN)));
    }

    /** The one of a role on so many threads. */
    OptionalDouble median(Workload workload, Setting.Role role, int threads) {
        return rounds.getOrDefault(workload, Map.of()).keySet().stream()
                .filter(setting -> setting.role() == role && setting.threads() == threads)
                .findFirst()
                .map(setting -> median(workload, setting))
                .orElse(OptionalDouble.empty());
    }
}
