package org.gradgraph.vector;

import org.gradgraph.exec.kernel.BitLoops;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.kernel.PortableLoops;
import org.gradgraph.graph.Primitive;

/**
 * Plain loops at first, vector instructions for those who stay.
 *
 * <p>Until the virtual machine has compiled it, code of the Vector API is a hundred times as slow as plain loops, and to
 * compile it takes about a second. Both give the same bits, so that nobody sees the change.
 */
final class VectorLoops implements Loops {
    /** Elements times primitives, the work of a tenth of a second; tests set it to 0. */
    private static final long WORTH_COMPILING = Long.getLong("gradgraph.vector.after", 1L << 28);

    private final Loops plain;
    private final Loops fast;
    private long done;

    VectorLoops(int longest) {
        this.plain = new PortableLoops(new BitLoops(), longest);
        this.fast = new PortableLoops(new VectorBits(), longest);
    }

    @Override
    public void run(Primitive primitive, double[] a, double[] b, double[] c, double[] out, int n) {
        if (done < WORTH_COMPILING) {
            done += n;
            plain.run(primitive, a, b, c, out, n);
        } else {
            fast.run(primitive, a, b, c, out, n);
        }
    }
}
