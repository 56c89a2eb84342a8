package org.gradgraph.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.io.Npz;
import org.gradgraph.optim.Optimizer;

/**
 * A training that can go on later with the same bits as if it had not stopped: parameters, the memory of the optimiser,
 * the step, and what was recorded.
 *
 * <pre>{@code
 * Training half = trainer.steps(500).train();
 * half.checkpoint().write(Path.of("half.npz"));
 *
 * Training whole = trainer.steps(1000).resume(Checkpoint.read(Path.of("half.npz"))).train();
 * }</pre>
 *
 * <p>Immutable. A training whose optimiser has ended, as CONVERGED or STUCK, makes no further step when it is resumed; to
 * minimise another cost from there, give its parameters to {@code initialValues}. The file is an {@code .npz}; NumPy reads the parameters under their names, after {@code parameter.}.
 */
public final class Checkpoint {
    private static final String PARAMETER = "parameter.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String KIND = "kind.";
    private static final String STEP = "step";
    private static final String COSTS = "costs";
    private static final String ENDED = "ended.";

    private final Map<String, DMatrixRMaj> arrays;

    private Checkpoint(Map<String, DMatrixRMaj> arrays) {
        this.arrays = arrays;
    }

    static Checkpoint of(
            long step,
            List<Node> parameters,
            List<DMatrixRMaj> values,
            Optimizer optimizer,
            Map<String, double[]> state,
            double[] costs) {
        Map<String, DMatrixRMaj> arrays = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            arrays.put(key(parameters, i), values.get(i).copy());
        }
        Checkpoint made = new Checkpoint(arrays)
                .with(STEP, new double[] {(double) step})
                .with(KIND + optimizer.name(), new double[] {1})
                .with(COSTS, costs);
        for (Map.Entry<String, double[]> entry : state.entrySet()) {
            made = made.with(OPTIMIZER + entry.getKey(), entry.getValue());
        }
        return made;
    }

    private static String key(List<Node> parameters, int place) {
        return PARAMETER
                + place
                + parameters.get(place).name().map(name -> "." + name).orElse("");
    }

    /** The same with one more array; one without elements is left out. */
    Checkpoint with(String name, double[] elements) {
        if (elements.length == 0) {
            return this;
        }
        Map<String, DMatrixRMaj> more = new LinkedHashMap<>(arrays);
        more.put(name, new DMatrixRMaj(1, elements.length, true, elements));
        return new Checkpoint(more);
    }

    double[] array(String name) {
        DMatrixRMaj array = arrays.get(name);
        return array == null ? new double[0] : array.data.clone();
    }

    /** The same for a training whose optimiser makes no further step. */
    Checkpoint ended(Optimizer.Ending ending) {
        return with(
                ENDED + ending.isConverged(),
                ending.reason().chars().asDoubleStream().toArray());
    }

    /** Why the optimiser makes no further step, if it has ended. */
    Optional<Optimizer.Ending> ending() {
        return Stream.of(true, false)
                .filter(isConverged -> arrays.containsKey(ENDED + isConverged))
                .map(isConverged -> new Optimizer.Ending(isConverged, text(array(ENDED + isConverged))))
                .findFirst();
    }

    private static String text(double[] characters) {
        StringBuilder text = new StringBuilder();
        for (double character : characters) {
            text.append((char) character);
        }
        return text.toString();
    }

    /** {@return the number of the next step} */
    public long step() {
        return (long) array(STEP)[0];
    }

    double[] costs() {
        return array(COSTS);
    }

    DMatrixRMaj value(List<Node> parameters, int place) {
        DMatrixRMaj value = arrays.get(key(parameters, place));
        if (value == null) {
            throw new IllegalArgumentException(
                    "Trainer.resume: the checkpoint has no value for parameter " + place + ", "
                            + parameters.get(place).describe() + "; it has "
                            + arrays.keySet().stream()
                                    .filter(key -> key.startsWith(PARAMETER))
                                    .toList()
                            + ", so give the same parameters in the same order");
        }
        return value;
    }

    void putValues(List<Node> parameters, List<DMatrixRMaj> values) {
        long saved = arrays.keySet().stream()
                .filter(key -> key.startsWith(PARAMETER))
                .count();
        for (int i = 0; i < values.size(); i++) {
            DMatrixRMaj value = value(parameters, i);
            DMatrixRMaj own = values.get(i);
            if (value.numRows != own.numRows || value.numCols != own.numCols) {
                throw new IllegalArgumentException("Trainer.resume: the checkpoint has a " + value.numRows + "×"
                        + value.numCols + " value for " + parameters.get(i).describe() + "; its initial value is "
                        + own.numRows + "×" + own.numCols);
            }
            own.setTo(value);
        }
        if (saved != values.size()) {
            throw new IllegalArgumentException("Trainer.resume: the checkpoint has " + saved
                    + " parameters, the training has " + values.size() + "; train and freeze the same ones");
        }
    }

    Map<String, double[]> optimizerState(Optimizer optimizer) {
        if (!arrays.containsKey(KIND + optimizer.name())) {
            throw new IllegalArgumentException("Trainer.resume: the checkpoint is not one of " + optimizer.name()
                    + " but of "
                    + arrays.keySet().stream()
                            .filter(key -> key.startsWith(KIND))
                            .map(key -> key.substring(KIND.length()))
                            .findFirst()
                            .orElse("nothing")
                    + "; choose the same optimiser");
        }
        Map<String, double[]> state = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(OPTIMIZER)) {
                state.put(name.substring(OPTIMIZER.length()), array.data.clone());
            }
        });
        return state;
    }

    /**
     * Writes it to a file.
     *
     * @param file replaced if it exists, whole or not at all
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        Feeds values = Feeds.none();
        for (Map.Entry<String, DMatrixRMaj> array : arrays.entrySet()) {
            DMatrixRMaj value = array.getValue();
            values = values.and(Node.input(array.getKey(), value.numRows, value.numCols), value);
        }
        Npz.write(Require.given(file, "Checkpoint.write: the file"), values);
    }

    /**
     * {@return a checkpoint from a file}
     *
     * @param file what {@link #write} wrote
     * @throws java.io.UncheckedIOException if the file cannot be read or is damaged
     * @throws IllegalArgumentException if it is an {@code .npz} file of something else
     */
    public static Checkpoint read(Path file) {
        Map<String, DMatrixRMaj> arrays = Npz.read(Require.given(file, "Checkpoint.read: the file"));
        if (!arrays.containsKey(STEP) || arrays.keySet().stream().noneMatch(key -> key.startsWith(KIND))) {
            throw new IllegalArgumentException("Checkpoint.read: " + file + " is not a checkpoint; it contains "
                    + new ArrayList<>(arrays.keySet()));
        }
        return new Checkpoint(new LinkedHashMap<>(arrays));
    }
}
