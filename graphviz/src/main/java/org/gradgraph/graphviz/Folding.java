package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Frames for a page: those of the picture, and further ones where more boxes stand side by side than anyone can read.
 *
 * <p>The further ones hold neighbours in topological order, so arrows between them point in one direction.
 */
final class Folding {
    /** A picture of up to so many boxes is drawn whole. */
    static final int MOST_UNFOLDED = 300;

    private static final int MOST_SIDE_BY_SIDE = 40;
    private static final int TOGETHER = 25;

    private final TreeMap<Integer, Picture.Frame> frames = new TreeMap<>();
    private final Map<String, Integer> frameOf = new HashMap<>();

    private Folding() {}

    static Folding of(Picture picture) {
        Folding folding = new Folding();
        picture.frames().forEach(frame -> folding.frames.put(frame.id(), frame));
        Map<Integer, List<Picture.Box>> byFrame = new HashMap<>();
        for (Picture.Box box : picture.boxes()) {
            folding.frameOf.put(box.id(), box.frame());
            byFrame.computeIfAbsent(box.frame(), fresh -> new ArrayList<>()).add(box);
        }
        List<Integer> order = new ArrayList<>(List.of(Clusters.NONE));
        picture.frames().forEach(frame -> order.add(frame.id()));
        for (int frame : isLarge(picture) ? order : List.<Integer>of()) {
            folding.split(frame, byFrame.getOrDefault(frame, List.of()));
        }
        return folding;
    }

    static boolean isLarge(Picture picture) {
        return picture.boxes().size() > MOST_UNFOLDED;
    }

    /** Level by level, until few enough stand side by side. */
    private void split(int parent, List<Picture.Box> boxes) {
        if (boxes.size() <= MOST_SIDE_BY_SIDE) {
            return;
        }
        List<Picture.Frame> level = new ArrayList<>();
        for (int start = 0; start < boxes.size(); start += TOGETHER) {
            List<Picture.Box> some = boxes.subList(start, Math.min(boxes.size(), start + TOGETHER));
            Picture.Frame frame =
                    further(some.get(0).id(), some.get(some.size() - 1).id());
            some.forEach(box -> frameOf.put(box.id(), frame.id()));
            level.add(frame);
        }
        List<Picture.Frame> lower = level;
        while (lower.size() > MOST_SIDE_BY_SIDE) {
            lower = together(lower);
        }
        lower.forEach(frame -> setParent(frame, parent));
    }

    private List<Picture.Frame> together(List<Picture.Frame> frames) {
        List<Picture.Frame> upper = new ArrayList<>();
        for (int start = 0; start < frames.size(); start += TOGETHER) {
            List<Picture.Frame> some = frames.subList(start, Math.min(frames.size(), start + TOGETHER));
            String first = some.get(0).title();
            String last = some.get(some.size() - 1).title();
            Picture.Frame frame =
                    further(first.substring(0, first.indexOf(' ')), last.substring(last.lastIndexOf(' ') + 1));
            some.forEach(inner -> setParent(inner, frame.id()));
            upper.add(frame);
        }
        return upper;
    }

    private Picture.Frame further(String first, String last) {
        int id = frames.isEmpty() ? 0 : frames.lastKey() + 1;
        String title = first + " … " + last;
        Picture.Frame frame = new Picture.Frame(id, Clusters.NONE, title, title);
        frames.put(id, frame);
        return frame;
    }

    private void setParent(Picture.Frame frame, int parent) {
        frames.put(frame.id(), new Picture.Frame(frame.id(), parent, frame.title(), frame.prefix()));
    }

    Collection<Picture.Frame> frames() {
        return frames.values();
    }

    int frameOf(Picture.Box box) {
        return frameOf.getOrDefault(box.id(), Clusters.NONE);
    }
}
