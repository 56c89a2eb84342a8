package org.gradgraph.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model in each virtual machine that computes with it: composed when it is first needed there. */
final class Replica implements Serializable {
    private static final long serialVersionUID = 1;
    private final ModelFactory factory;
    private final String signature;
    private transient @Nullable ShareProgram program;
    private transient @Nullable Map<String, OutputProgram> outputs;

    /**
     * A model that will be composed.
     *
     * @param factory how
     * @param signature the leaves of the driver's graph
     */
    Replica(ModelFactory factory, String signature) {
        this.factory = factory;
        this.signature = signature;
    }

    synchronized ShareProgram program() {
        ShareProgram composed = program;
        if (composed == null) {
            composed = new ShareProgram(ComposedModel.of(factory));
            if (!composed.model().leaves().signature().equals(signature)) {
                throw new IllegalStateException("the model composed on an executor has the leaves "
                        + composed.model().leaves().signature() + ", the driver's has " + signature
                        + "; a ModelFactory must compose the same graph each time");
            }
            program = composed;
        }
        return composed;
    }

    synchronized OutputProgram output(String name) {
        Map<String, OutputProgram> made = outputs == null ? new HashMap<>() : outputs;
        outputs = made;
        return made.computeIfAbsent(
                name, unused -> new OutputProgram(program().model().output(name)));
    }
}
