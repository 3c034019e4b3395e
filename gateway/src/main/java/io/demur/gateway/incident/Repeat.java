package io.demur.gateway.incident;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a request that is like a refused one goes around nothing. */
enum Repeat {
    /** A program sends it once more by itself: the same body, at once. */
    RETRY,
    /** Another answer is wanted to what was answered: the same conversation, the same model. */
    REGENERATE,
    /** It is asked whether what waits for a person still waits. */
    WAITING;

    /** So soon nobody asks by hand. */
    static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** So long programs go on trying that say that they do. */
    static final Duration SAID = Duration.ofMinutes(1);

    /** As metrics say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Which one a request is, if any. What a program says of itself counts for the same body alone:
     * it makes nothing of another one a retry.
     *
     * @param earlier the refused one that it is like
     * @param sent what else the same principal has sent before it
     * @param retried whether the caller's program says that it sends it by itself
     */
    static Optional<Repeat> of(
            Footprint later, Footprint earlier, List<Footprint> sent, boolean retried) {
        Optional<Repeat> same =
                Stream.concat(
                                Stream.of(earlier),
                                sent.stream().filter(it -> it.fate().carried().isPresent()))
                        .filter(it -> it.body().equals(later.body()))
                        .flatMap(it -> same(later, it, retried).stream())
                        .findFirst();
        if (same.isPresent()) {
            return same;
        }
        boolean again =
                sent.stream()
                        .anyMatch(
                                it ->
                                        it.at().isAfter(earlier.at())
                                                && it.fate().became().equals("answered")
                                                && it.thread().equals(later.thread())
                                                && it.way().model().equals(later.way().model())
                                                && it.way().system().equals(later.way().system()));
        return again ? Optional.of(REGENERATE) : Optional.empty();
    }

    private static Optional<Repeat> same(Footprint later, Footprint earlier, boolean retried) {
        Duration after = Duration.between(earlier.over(), later.at());
        if (after.compareTo(retried ? SAID : AT_ONCE) <= 0) {
            return Optional.of(RETRY);
        }
        return earlier.fate().became().equals("held") ? Optional.of(WAITING) : Optional.empty();
    }
}
