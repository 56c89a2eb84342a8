package org.gradgraph.examples.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/** Reads the labels of a table: whole numbers from 0, or two texts, which become 0 and 1 in alphabetical order. */
final class LabelReader {
    private final int classes;
    private final TreeSet<String> texts = new TreeSet<>();
    private final List<String> cells = new ArrayList<>();
    private String firstPlace = "";
    private boolean isText;

    LabelReader(int classes) {
        this.classes = classes;
    }

    /** Takes the label of the next row; one that does not go with those before it is an error. */
    void add(String cell, String place) {
        String text = cell.strip();
        if (cells.isEmpty()) {
            isText = classes == 2 && isWord(text);
            firstPlace = place;
        }
        if (!isText) {
            if (classes == 2 && isWord(text)) {
                throw new UserError(place + ": the label " + Texts.quoted(text) + " is not a number, but the label "
                        + Texts.quoted(cells.get(0)) + " is; use 0 and 1, or two words");
            }
            Cells.label(cell, place, classes);
        } else {
            requireWord(text, place);
            texts.add(text);
        }
        cells.add(text);
    }

    /** A text in which nothing is hidden; the others are reported as numbers that cannot be read. */
    private static boolean isWord(String text) {
        return Cells.isText(text) && text.codePoints().noneMatch(Cells::isInvisible);
    }

    private void requireWord(String text, String place) {
        if (!isWord(text)) {
            throw new UserError(place + ": the label " + Texts.quoted(text) + " does not go with "
                    + Texts.quoted(cells.get(0)) + "; use 0 and 1, or two words");
        }
        if (texts.size() == classes && !texts.contains(text)) {
            throw new UserError(place + ": the label " + Texts.quoted(text) + " is the third one, after "
                    + Texts.quoted(texts.first()) + " and " + Texts.quoted(texts.last()) + "; two are allowed");
        }
    }

    /** What the numbers stand for, if the labels are texts. */
    Optional<String> note() {
        return isText
                ? Optional.of(
                        "label 0 is " + Texts.quoted(texts.first()) + ", label 1 is " + Texts.quoted(texts.last()))
                : Optional.empty();
    }

    /** The labels as numbers. */
    double[] numbers() {
        if (isText && texts.size() < classes) {
            throw new UserError(firstPlace + ": every label is " + Texts.quoted(texts.first()) + "; two are needed");
        }
        return cells.stream()
                .mapToDouble(cell -> isText ? texts.headSet(cell).size() : Cells.label(cell, "", classes))
                .toArray();
    }
}
