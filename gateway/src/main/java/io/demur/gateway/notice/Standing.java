package io.demur.gateway.notice;

import io.demur.record.entry.Ids;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How it stands with one recipient. Immutable.
 *
 * @param to the recipient's name
 * @param settled the ids of what it was told, or what was given up, lately
 * @param told how many in all
 * @param givenUp how many in all
 * @param waiting how many it is still to be told
 * @param last when it was told something last
 * @param trouble why it could not be, where the last try failed
 */
public record Standing(
        String to,
        Set<String> settled,
        long told,
        long givenUp,
        int waiting,
        Optional<Instant> last,
        Optional<Trouble> trouble) {

    /** Of nothing older anybody is told: ids are forgotten some time later. */
    static final Duration TOLD_OF = Duration.ofDays(7);

    private static final Duration REMEMBERED = TOLD_OF.plusDays(1);

    /**
     * What is in the way.
     *
     * @param since the first of the tries that failed
     * @param until the last of them
     * @param words what came of the last one
     */
    public record Trouble(Instant since, Instant until, String words) {
        public Trouble {
            Objects.requireNonNull(since);
            Objects.requireNonNull(until);
            Objects.requireNonNull(words);
        }
    }

    public Standing {
        settled = Set.copyOf(settled);
        Objects.requireNonNull(last);
        Objects.requireNonNull(trouble);
    }

    /** Of a recipient that was never told anything. */
    static Standing of(String to) {
        return new Standing(to, Set.of(), 0, 0, 0, Optional.empty(), Optional.empty());
    }

    /** It has got one. */
    Standing told(String id, Instant now) {
        return new Standing(
                to,
                settled(id, now),
                told + 1,
                givenUp,
                waiting,
                Optional.of(now),
                Optional.empty());
    }

    /** It will not get one. */
    Standing givenUp(String id, Instant now) {
        return new Standing(to, settled(id, now), told, givenUp + 1, waiting, last, trouble);
    }

    /**
     * Whether somebody has to see to it: what cannot be told waits, or was given up so lately that
     * it is still news.
     */
    public boolean isTroubled(Instant now) {
        return trouble.filter(it -> waiting > 0 || it.until().isAfter(now.minus(TOLD_OF)))
                .isPresent();
    }

    /** A try failed. */
    Standing failed(String words, Instant now) {
        Instant since = trouble.map(Trouble::since).orElse(now);
        return new Standing(
                to,
                settled,
                told,
                givenUp,
                waiting,
                last,
                Optional.of(new Trouble(since, now, words)));
    }

    /** So many wait. */
    Standing waiting(int count) {
        return new Standing(to, settled, told, givenUp, count, last, trouble);
    }

    private Set<String> settled(String id, Instant now) {
        Instant from = now.minus(REMEMBERED);
        Set<String> ids = new LinkedHashSet<>(settled);
        ids.removeIf(each -> Ids.timeOf(each).isBefore(from));
        ids.add(id);
        return ids;
    }

    /** In one line, for people. */
    public String words() {
        return told
                + " told"
                + last.map(it -> ", the last at " + it).orElse("")
                + (givenUp == 0 ? "" : "; %d given up".formatted(givenUp))
                + (waiting == 0 ? "" : "; %d to be told".formatted(waiting))
                + trouble.map(it -> "; since %s: %s".formatted(it.since(), it.words())).orElse("");
    }
}
