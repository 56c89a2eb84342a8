package org.gradgraph.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;

/**
 * One case of the oracle.
 *
 * @param id its name
 * @param family what it is about
 * @param expr the expression
 * @param tags how it is graded
 * @param inputs the values of the names
 * @param wrt the names that are differentiated by
 * @param upstream the weights of the output's elements, if given
 * @param output the value
 * @param gradients the gradients that are right: the first by name, then the alternatives
 * @param vectors vectors for the Hessian, none if that is not asked for
 * @param products the Hessian times the vectors
 * @param tolerances how near {@code output}, {@code grad} and {@code hv} must be
 * @param strict a grade of quality for output and gradient
 */
record OracleCase(
        String id,
        String family,
        String expr,
        Set<String> tags,
        Map<String, DMatrixRMaj> inputs,
        List<String> wrt,
        Optional<DMatrixRMaj> upstream,
        DMatrixRMaj output,
        List<Map<String, DMatrixRMaj>> gradients,
        Map<String, DMatrixRMaj> vectors,
        Map<String, DMatrixRMaj> products,
        Map<String, Tolerance> tolerances,
        Optional<Tolerance> strict) {

    /** Whether a number is near enough: {@code |got − want| ≤ atol + rtol·|want|}; what is not finite must be the same. */
    record Tolerance(double rtol, double atol) {
        boolean accepts(double got, double want) {
            if (!Double.isFinite(want)) {
                return Double.compare(got, want) == 0;
            }
            return Double.isFinite(got) && Math.abs(got - want) <= atol + rtol * Math.abs(want);
        }
    }

    static List<OracleCase> all() {
        try (InputStream file = OracleCase.class.getResourceAsStream("oracle.json")) {
            List<OracleCase> cases = new ArrayList<>();
            new ObjectMapper().readTree(file).get("cases").forEach(json -> cases.add(of(json)));
            return cases;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static OracleCase of(JsonNode json) {
        List<Map<String, DMatrixRMaj>> gradients = new ArrayList<>(List.of(matrices(json.get("grad"))));
        json.path("alternatives")
                .forEach(other -> gradients.add(matrices(other.has("grad") ? other.get("grad") : other)));
        Map<String, Tolerance> tolerances = new LinkedHashMap<>();
        json.get("tol").properties().forEach(entry -> tolerances.put(entry.getKey(), tolerance(entry.getValue())));
        Set<String> tags = new TreeSet<>(texts(json.path("tags")));
        return new OracleCase(
                json.get("id").asText(),
                json.get("family").asText(),
                json.get("expr").asText(),
                tags,
                matrices(json.get("inputs")),
                texts(json.get("wrt")),
                json.hasNonNull("upstream") ? Optional.of(matrix(json.get("upstream"))) : Optional.empty(),
                matrix(json.get("output")),
                gradients,
                matrices(json.path("hessian_vec").path("v")),
                matrices(json.path("hessian_vec").path("hv")),
                tolerances,
                json.hasNonNull("tol_strict") ? Optional.of(tolerance(json.get("tol_strict"))) : Optional.empty());
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Tolerance tolerance(JsonNode json) {
        return new Tolerance(number(json.get("rtol")), number(json.get("atol")));
    }

    private static Map<String, DMatrixRMaj> matrices(JsonNode json) {
        Map<String, DMatrixRMaj> matrices = new LinkedHashMap<>();
        json.properties().forEach(entry -> matrices.put(entry.getKey(), matrix(entry.getValue())));
        return matrices;
    }

    private static DMatrixRMaj matrix(JsonNode json) {
        if (json.isArray()) {
            return nested(json);
        }
        DMatrixRMaj matrix =
                new DMatrixRMaj(json.get("rows").asInt(), json.get("cols").asInt());
        JsonNode data = json.get("data");
        if (data.size() != matrix.getNumElements()) {
            throw new IllegalArgumentException(data.size() + " numbers for " + matrix.numRows + "×" + matrix.numCols);
        }
        for (int i = 0; i < data.size(); i++) {
            matrix.data[i] = number(data.get(i));
        }
        return matrix;
    }

    /** Alternatives are written as rows. */
    private static DMatrixRMaj nested(JsonNode rows) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), rows.get(0).size());
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                matrix.set(i, j, number(rows.get(i).get(j)));
            }
        }
        return matrix;
    }

    /** Numbers that are not finite are written as texts. */
    private static double number(JsonNode json) {
        return json.isTextual() ? Double.parseDouble(json.asText()) : json.asDouble();
    }

    @Override
    public String toString() {
        return id;
    }
}
