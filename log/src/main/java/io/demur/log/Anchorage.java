package io.demur.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The anchors of one open log, and what each of them holds as far as this log knows. */
final class Anchorage {

    private final List<Anchor> anchors;
    private final List<Anchor> held = new ArrayList<>();
    private final List<Optional<TreeHead>> last = new ArrayList<>();
    private Optional<TreeHead> attempted = Optional.empty();

    Anchorage(List<Anchor> anchors) {
        this.anchors = anchors;
    }

    /** Takes all of them, and reads what they hold. */
    List<Optional<TreeHead>> hold() throws IOException, LogRefused {
        for (Anchor anchor : anchors) {
            anchor.hold();
            held.add(anchor);
        }
        for (Anchor anchor : anchors) {
            last.add(anchor.last());
        }
        return List.copyOf(last);
    }

    /** The largest size that any of them holds. */
    long size() {
        return last.stream().flatMap(Optional::stream).mapToLong(TreeHead::size).max().orElse(0);
    }

    boolean allHold(TreeHead head) {
        return last.stream().allMatch(each -> each.equals(Optional.of(head)));
    }

    /** Says so where an anchor holds something that this log did not put there. */
    Optional<String> foreign() throws IOException {
        for (int i = 0; i < anchors.size(); i++) {
            Optional<TreeHead> now = anchors.get(i).last();
            // one that failed while it was told may hold the new head or the old
            if (!now.equals(last.get(i)) && (attempted.isEmpty() || !now.equals(attempted))) {
                return Optional.of(
                        "the anchor `%s` holds %s and not %s: another copy of this log runs"
                                .formatted(anchors.get(i), size(now), size(last.get(i))));
            }
            last.set(i, now);
        }
        return Optional.empty();
    }

    private static String size(Optional<TreeHead> head) {
        return head.map(each -> "a head of size " + each.size()).orElse("no head");
    }

    /** Tells all of them. */
    void remember(TreeHead head) throws IOException {
        attempted = Optional.of(head);
        for (int i = 0; i < anchors.size(); i++) {
            if (!last.get(i).equals(attempted)) {
                anchors.get(i).remember(head);
                last.set(i, attempted);
            }
        }
    }

    void release() throws IOException {
        IOException failure = null;
        for (Anchor anchor : held) {
            try {
                anchor.release();
            } catch (IOException e) {
                failure = e;
            }
        }
        held.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
