package io.demur.gateway.judge;

import io.demur.core.detect.linear.Hash;
import io.demur.core.harm.linear.Hidden;
import io.demur.core.harm.linear.Shipped;
import io.demur.core.memory.Disguises;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What a disguised text means. Every disguise is tried, and most readings of most texts are
 * nonsense, of which a judge may think anything: one counts only if it has clearly more words that
 * are known than the text as the judges read it anyway. Safe for use by several threads.
 */
public final class Meanings {

    /** Known words that a reading must have beyond those of the text. */
    private static final int MORE = 3;

    /** Share of its words that must be known. */
    private static final double SHARE = 0.5;

    private final IntPredicate known = Shipped.harm().model()::knows;

    /** Share of words by which a reading is clearer that has few more of them. */
    private static final double CLEARER = 0.3;

    /** Share of known words from which a text is plain: few words make another when turned. */
    private static final double PLAIN = 0.6;

    /** How many words a text has, and how many of them are known. */
    private record Count(int words, int known) {

        boolean isClearerThan(Count plain) {
            return known >= plain.known + MORE
                    ? share() > plain.share()
                    : known > plain.known && share() >= plain.share() + CLEARER;
        }

        double share() {
            return words == 0 ? 0 : (double) known / words;
        }
    }

    /**
     * The reading that makes most sense, where one makes more than the text itself as judges of
     * requests read it, who undo some disguises themselves.
     */
    Optional<String> of(String text) {
        Count plain = count(Hidden.undisguised(text, known));
        String best = "";
        int most = MORE - 1;
        for (String reading : Disguises.readings(text)) {
            if (reading.equals(text)) {
                continue;
            }
            Count count = count(reading);
            if (count.known() > most && count.share() >= SHARE && count.isClearerThan(plain)) {
                best = reading;
                most = count.known();
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /**
     * What may be meant beside what stands there: a reading of the whole that has clearly more
     * known words, and what is encoded in a part of it. Rather too much than too little.
     */
    public List<String> hidden(String text) {
        Set<String> found = new LinkedHashSet<>();
        String best = "";
        int most = count(text).known() + MORE - 1;
        for (String reading : wholes(text)) {
            int knowing = count(reading).known();
            if (knowing > most) {
                best = reading;
                most = knowing;
            }
        }
        if (!best.isEmpty()) {
            found.add(best);
        }
        Hidden.in(text, known).stream().filter(this::saysSomething).forEach(found::add);
        return List.copyOf(found);
    }

    /** Readings of the whole. What is plain as it stands is nonsense when turned: no turnings. */
    private List<String> wholes(String text) {
        List<String> readings = new ArrayList<>();
        for (String plain : Disguises.plain(text)) {
            readings.add(plain);
            if (count(plain).share() < PLAIN) {
                readings.addAll(Disguises.turnings(plain));
            }
        }
        readings.add(Hidden.undisguised(text, known));
        return readings;
    }

    /** Whether a text says something at all. */
    boolean saysSomething(String text) {
        return count(text).known() >= MORE;
    }

    /** Numbers, and letters that stand alone, are no words. Every window is counted: no garbage. */
    private Count count(String text) {
        int words = 0;
        int knowing = 0;
        int from = 0;
        while (from < text.length()) {
            int hash = Hash.START;
            boolean number = true;
            int to = from;
            while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                char c = text.charAt(to++);
                hash = Hash.step(hash, Character.toLowerCase(c));
                number &= Character.isDigit(c);
            }
            if (to - from > 1 && !number) {
                words++;
                knowing += known.test(hash) ? 1 : 0;
            }
            from = to + 1;
        }
        return new Count(words, knowing);
    }
}
