package org.gradgraph.examples.cats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The course's training on pictures, which are not part of the project. */
class CatTrainingTest {
    /** A folder named shared beside the project. */
    private static final Path DATA =
            Path.of("").toAbsolutePath().getParent().resolveSibling("shared").resolve("data/cats");

    private static final double ALLOWED = 1e-12;

    private static double[] numbers(String json, String key) {
        Matcher matcher =
                Pattern.compile("\"" + key + "\":\\s*\\[?([-+.eE0-9,\\s]+)").matcher(json);
        assertThat(matcher.find()).as(key).isTrue();
        return Arrays.stream(matcher.group(1).strip().split("\\s*,\\s*", -1))
                .filter(number -> !number.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void costs_weights_and_accuracies_are_those_of_numpy() throws IOException {
        String reason = "the pictures are not part of the project; they are looked for in " + DATA;
        if (!Files.isRegularFile(DATA.resolve("train_catvnoncat.h5"))) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(Files.isRegularFile(DATA.resolve("train_catvnoncat.h5")), reason);
        CatPictures training = CatPictures.read(DATA.resolve("train_catvnoncat.h5"), "train");
        CatPictures test = CatPictures.read(DATA.resolve("test_catvnoncat.h5"), "test");
        String expected = Files.readString(DATA.resolve("expected.json"));

        CatTraining cats = CatTraining.of(training, 0.005, 2000);

        double[] costs = numbers(expected, "costs_every_100");
        assertThat(costs).hasSize(20);
        for (int k = 0; k < costs.length; k++) {
            assertThat(cats.costs()[100 * k]).as("cost %d", 100 * k).isCloseTo(costs[k], within(ALLOWED));
        }
        assertThat(costs[19]).isCloseTo(0.140872, within(0.5e-6));
        assertThat(cats.cost()).isCloseTo(numbers(expected, "cost_after_training")[0], within(ALLOWED));
        assertThat(cats.b()).isCloseTo(numbers(expected, "b")[0], within(ALLOWED));
        double[] first = numbers(expected, "w_first10");
        assertThat(first).hasSize(10);
        for (int i = 0; i < first.length; i++) {
            assertThat(cats.w().get(i)).as("w %d", i).isCloseTo(first[i], within(ALLOWED));
        }
        assertThat(cats.accuracy(training)).isEqualTo(99.04306220095694);
        assertThat(cats.accuracy(test)).isEqualTo(70.0);
    }
}
