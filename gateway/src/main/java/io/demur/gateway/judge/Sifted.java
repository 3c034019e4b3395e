package io.demur.gateway.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found of many pieces.
 *
 * @param worst of all so far that are not open, as it counts
 * @param open those of which the second judge was to be asked and did not answer: they are asked
 *     again. Few, and short: where there are more, the quick judge's word of the others stands
 */
record Sifted(Optional<Heard> worst, List<Piece> open) {

    /** Nothing was found. */
    static final Sifted NOTHING = of(Optional.empty());

    private static final Comparator<Piece> BY_HARM =
            Comparator.comparingDouble(it -> it.alone().pHarm());

    /** A piece and what the second judge said of it. */
    record Answer(Piece piece, Second.Said said) {}

    Sifted {
        open = List.copyOf(open);
    }

    /** Nothing is open. */
    static Sifted of(Optional<Heard> worst) {
        return new Sifted(worst, List.of());
    }

    /** Of pieces that were asked about. */
    static Sifted of(List<Answer> answers) {
        Optional<Heard> worst = Optional.empty();
        List<Piece> open = new ArrayList<>();
        for (Answer each : answers) {
            if (each.said().settled()) {
                worst = worse(worst, Optional.of(each.piece().weighed(each.said())));
            } else {
                open.add(each.piece());
            }
        }
        return new Sifted(worst, open);
    }

    /** Of these and of others. */
    Sifted and(Sifted other) {
        List<Piece> both = new ArrayList<>(open);
        both.addAll(other.open);
        both.sort(BY_HARM.reversed());
        int kept = Math.min(both.size(), 2 * Asides.KEPT_MAX);
        return new Sifted(
                worst(worse(worst, other.worst), both.subList(kept, both.size())),
                both.subList(0, kept));
    }

    /** Whether asking again would bring nothing new. */
    boolean isSettled() {
        return open.isEmpty();
    }

    /** The worst of all, of what is open as far as the quick judge can say. */
    Optional<Heard> found() {
        return worst(worst, open);
    }

    private static Optional<Heard> worst(Optional<Heard> worst, List<Piece> unheard) {
        Optional<Heard> found = worst;
        for (Piece piece : unheard) {
            found = worse(found, Optional.of(piece.alone()));
        }
        return found;
    }

    private static Optional<Heard> worse(Optional<Heard> one, Optional<Heard> other) {
        return one.isPresent() && other.isPresent()
                ? one.get().pHarm() >= other.get().pHarm() ? one : other
                : one.or(() -> other);
    }
}
