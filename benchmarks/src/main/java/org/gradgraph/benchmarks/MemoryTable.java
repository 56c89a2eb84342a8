package org.gradgraph.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.benchmarks.step.Workload;

/** What a step allocates on the Java heap, and the peak of the process. */
final class MemoryTable {
    private final Map<Setting, Map<Workload, String>> cells = new LinkedHashMap<>();

    void add(Setting setting, Workload workload, Footprint.Answer answer) {
        put(setting, workload, Math.round(answer.bytesPerStep()) + " B / " + Figures.megabytes(answer.peakBytes()));
    }

    void add(Setting setting, Workload workload, Python.Answer answer) {
        put(setting, workload, Figures.megabytes(answer.peakBytes()));
    }

    private void put(Setting setting, Workload workload, String cell) {
        cells.computeIfAbsent(setting, key -> new LinkedHashMap<>()).put(workload, cell);
    }

    String text(Collection<Workload> workloads) {
        List<String> titles = new ArrayList<>(List.of("bytes of a step / peak"));
        workloads.forEach(workload -> titles.add(workload.title()));
        MarkdownTable table = new MarkdownTable(titles);
        cells.forEach((setting, byWorkload) -> {
            List<String> row = new ArrayList<>(List.of(setting.title()));
            workloads.forEach(workload -> row.add(byWorkload.getOrDefault(workload, "–")));
            table.row(row);
        });
        return table.toString();
    }
}
