package org.gradgraph.onnx;

/**
 * Says in one sentence what cannot leave as ONNX, or what of a file cannot arrive.
 *
 * <pre>{@code
 * "inverse" 3×3, made at Model.java:12, cannot leave as ONNX: no operator computes inverse
 * }</pre>
 */
public final class OnnxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The message. */
    private final String sentence;

    OnnxException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    OnnxException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
