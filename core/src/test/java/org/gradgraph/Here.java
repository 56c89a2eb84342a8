package org.gradgraph;

/** Where a test is, for expectations of reported lines. */
public final class Here {
    private Here() {}

    /** The line of the caller. */
    public static int line() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }
}
