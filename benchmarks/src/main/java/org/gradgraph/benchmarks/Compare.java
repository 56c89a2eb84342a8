package org.gradgraph.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Fingerprint;
import org.gradgraph.benchmarks.step.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times all contestants side by side and prints the tables.
 *
 * <p>In each round every contestant has a turn on every workload, so that whatever else slows the machine down slows all
 * of them down. Progress goes to the error stream.
 */
@Command(
        name = "benchmarks/run",
        description = "Times gradgraph and its peers side by side and prints tables in Markdown.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Compare implements Callable<Integer> {
    /** What can be measured. */
    enum Part {
        STEPS,
        MEMORY,
        GRAPHS,
        START
    }

    private static final int STARTS = 7;

    @Option(names = "--quick", description = "One short round and small graphs: minutes, and figures to be doubted.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "COUNT", description = "Rounds; 5 unless given, 1 with --quick.")
    private int rounds;

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Workload> workloads = List.of(Workload.values());

    @Option(names = "--parts", split = ",", paramLabel = "PART", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Part> parts = List.of(Part.values());

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "A page whose figures are replaced, for example docs/performance.md.")
    private @Nullable Path page;

    private final Map<Workload, Fingerprint> expected = new EnumMap<>(Workload.class);
    private final List<String> said = new ArrayList<>();
    private final TreeSet<String> peers = new TreeSet<>();

    private Compare() {}

    /**
     * Compares.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Effort usual = quick ? Effort.QUICK : Effort.FULL;
        Effort effort = rounds == 0 ? usual : usual.withRounds(rounds);
        say("Measured on " + Machine.describe() + ".\n");
        if (parts.contains(Part.STEPS) || parts.contains(Part.MEMORY)) {
            steps(effort);
        }
        if (parts.contains(Part.GRAPHS)) {
            say(graphs());
        }
        if (parts.contains(Part.START)) {
            say(start());
        }
        if (page != null) {
            Page.write(page, String.join("\n", said));
        }
        return 0;
    }

    /** At once: a run is long. */
    private void say(String block) {
        System.out.println(block);
        said.add(block);
    }

    private String about(Effort effort) {
        return "Peers: PyTorch 2.7.1 by DJL; ND4J 1.0.0-M2.1; " + String.join("; ", peers) + ". Steps: "
                + effort.describe() + ".\n\n";
    }

    private void steps(Effort effort) {
        Optional<Python> python = Python.find();
        if (python.isEmpty()) {
            peers.add("no Python with PyTorch and NumPy was found");
        }
        List<Setting> settings = Setting.all(Machine.processors()).stream()
                .filter(setting -> !setting.isPython() || python.isPresent())
                .toList();
        for (Workload workload : workloads) {
            try (Contestant byHand = Library.PLAIN.start(workload, 1)) {
                expected.put(workload, Fingerprint.of(byHand));
            }
        }
        Times times = new Times();
        MemoryTable memory = new MemoryTable();
        if (parts.contains(Part.STEPS)) {
            for (int round = 1; round <= effort.rounds(); round++) {
                for (Workload workload : workloads) {
                    for (Setting setting : settings) {
                        if (setting.does(workload)) {
                            double time = turn(setting, workload, effort, python, memory);
                            times.add(workload, setting, time);
                            System.err.printf("round %d: %s: %s: %.0f ns%n", round, workload, setting.title(), time);
                        }
                    }
                }
            }
        }
        if (parts.contains(Part.STEPS)) {
            StepTables tables = new StepTables(times, settings, Machine.processors());
            say(about(effort) + tables.ratios() + "\n" + tables.slower() + "\n" + tables.medians());
        }
        if (parts.contains(Part.MEMORY)) {
            say(memory(settings, memory));
        }
    }

    private double turn(
            Setting setting, Workload workload, Effort effort, Optional<Python> python, MemoryTable memory) {
        if (!setting.isPython()) {
            return Turn.nanoseconds(setting, workload, fingerprint(workload), effort);
        }
        Python.Answer answer = python.orElseThrow().turn(setting, workload, fingerprint(workload), effort);
        peers.add(answer.about());
        memory.add(setting, workload, answer);
        return answer.nanoseconds();
    }

    private Fingerprint fingerprint(Workload workload) {
        Fingerprint known = expected.get(workload);
        if (known == null) {
            throw new IllegalStateException("nothing to compare " + workload + " with");
        }
        return known;
    }

    private String memory(List<Setting> settings, MemoryTable memory) {
        for (Setting setting : settings) {
            if (!setting.isPython()) {
                for (Workload workload : workloads) {
                    memory.add(setting, workload, Footprint.of(setting, workload));
                    System.err.println("memory: " + workload + ": " + setting.title());
                }
            }
        }
        return memory.text(workloads);
    }

    private String graphs() {
        String[] sizes = quick ? new String[] {"1000", "10000"} : new String[] {"1000", "10000", "100000", "1000000"};
        int forks = quick ? 1 : 3;
        return new Scaling(sizes, forks).table();
    }

    private String start() {
        int starts = quick ? 1 : STARTS;
        MarkdownTable table = new MarkdownTable(List.of("main example, from cold", "wall", "goal"));
        for (boolean vector : new boolean[] {false, true}) {
            List<String> flags = vector ? Setting.INCUBATOR : List.of();
            double seconds = ColdStart.seconds(flags, starts);
            table.row(List.of(
                    vector ? "with vector kernels" : "without any flag", Figures.digits(seconds) + " s", "≤ 2.5 s"));
        }
        return table.toString();
    }
}
