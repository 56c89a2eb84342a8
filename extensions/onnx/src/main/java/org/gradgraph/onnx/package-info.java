/**
 * Graphs that leave as ONNX models, with their gradients, and ONNX models that arrive as graphs.
 *
 * <p>Start with {@link org.gradgraph.onnx.OnnxExport} and {@link org.gradgraph.onnx.OnnxImport}.
 */
@NullMarked
package org.gradgraph.onnx;

import org.jspecify.annotations.NullMarked;
