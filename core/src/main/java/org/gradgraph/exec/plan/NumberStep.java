package org.gradgraph.exec.plan;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Primitive;

/** A run of operations on single numbers: a small register machine without any ceremony for each node. */
final class NumberStep implements Step {
    private final double[] registers;
    private final Primitive[] primitives;
    private final int[] codes;
    private final DMatrixRMaj[] sources;
    private final int[] loads;
    private final DMatrixRMaj[] targets;
    private final int[] stores;

    /** See {@link FusedStep}; here every value has a register of its own. */
    NumberStep(FusedCode code, DMatrixRMaj[] targetOf, DMatrixRMaj[] buffers) {
        this.registers = new double[code.valueCount()];
        int[] places = new int[registers.length];
        DMatrixRMaj[] matrices = new DMatrixRMaj[registers.length];
        int read = 0;
        int written = registers.length;
        for (int value = 0; value < registers.length; value++) {
            Double number = code.constantAt(value);
            if (number != null) {
                registers[value] = number;
            } else if (code.isOutside(value)) {
                places[read] = value;
                matrices[read++] = buffers[code.outsideAt(value).node()];
            } else if (targetOf[value] != null) {
                places[--written] = value;
                matrices[written] = targetOf[value];
            }
        }
        this.loads = Arrays.copyOf(places, read);
        this.sources = Arrays.copyOf(matrices, read);
        this.stores = Arrays.copyOfRange(places, written, places.length);
        this.targets = Arrays.copyOfRange(matrices, written, places.length);
        int n = code.instructionCount();
        this.primitives = new Primitive[n];
        this.codes = new int[4 * n];
        for (int i = 0; i < n; i++) {
            int value = code.resultOf(i);
            primitives[i] = code.primitiveOf(value);
            codes[4 * i] = code.firstOperand(value);
            codes[4 * i + 1] = code.secondOperand(value);
            codes[4 * i + 2] = code.thirdOperand(value);
            codes[4 * i + 3] = value;
        }
    }

    @Override
    public void run() {
        double[] r = registers;
        int[] code = codes;
        for (int i = 0; i < loads.length; i++) {
            r[loads[i]] = sources[i].data[0];
        }
        int k = 0;
        for (Primitive primitive : primitives) {
            r[code[k + 3]] = primitive.apply(r[code[k]], r[code[k + 1]], r[code[k + 2]]);
            k += 4;
        }
        for (int i = 0; i < stores.length; i++) {
            targets[i].data[0] = r[stores[i]];
        }
    }

    @Override
    public long transcendentals() {
        return Arrays.stream(primitives).filter(Primitive::isTranscendental).count();
    }

    @Override
    public boolean isPass() {
        return false;
    }

    @Override
    public String describe() {
        return primitives.length + (primitives.length == 1 ? " primitive" : " primitives")
                + " of single numbers, one by one";
    }
}
