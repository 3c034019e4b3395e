package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A gateway is killed between any two of its writes, and begins again on its files: what was
 * acknowledged is there, nothing is there twice, and whoever got no answer gets one by asking
 * again. Every eleventh step by default, each with {@code -Dthorough=true}.
 */
abstract class Killing {

    static final int EVERY = Integer.getInteger("every", Boolean.getBoolean("thorough") ? 1 : 11);

    static final Map<String, Upstream> MODELS =
            Map.of(
                    "hosted", Saying.refuses("hosted"),
                    "vendor", Saying.answers("vendor", ModelClass.HOSTED),
                    "local", Saying.answers("local", ModelClass.LOCAL));

    @SuppressWarnings("NullAway.Init")
    private Lives lives;

    /** What somebody was told, by what they call it. */
    static final class Told {
        private final Map<String, String> told = new TreeMap<>();

        void put(String name, String what) {
            told.put(name, what);
        }

        /** Keeps what was told first. */
        void first(String name, String what) {
            told.putIfAbsent(name, what);
        }

        String get(String name) {
            return requireNonNull(told.get(name));
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        lives = new Lives(folder);
    }

    static Mortal.Kind kind(Charter charter, boolean sampled) {
        Staged staged = new Staged();
        staged.found = () -> Staged.harm(0.3);
        return new Mortal.Kind(charter, MODELS, staged, sampled);
    }

    static Mortal.Kind incidents() {
        return kind(
                Ground.charter(
                        Policy.at(Policy.defaultPosture()), Ground.local("local"), Settings.USUAL),
                false);
    }

    /**
     * Plays a story.
     *
     * @param story of somebody who has been told nothing yet
     */
    final void play(Function<Told, Lives.Story> story) throws Exception {
        int played = lives.play(EVERY, () -> story.apply(new Told()));
        assertTrue(played > 30 / EVERY, () -> "only " + played);
    }

    static <T extends Entry> List<T> all(List<Entry> entries, Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static String attempt(Answering.Reply reply) {
        return reply.header("x-demur-attempt");
    }

    /** What callers were told became of their attempts is what the log says. */
    static void ended(List<Entry> entries, String attempt, Outcome.Result result) {
        assertEquals(
                List.of(result),
                all(entries, Outcome.class).stream()
                        .filter(it -> it.attempt().equals(attempt))
                        .map(Outcome::result)
                        .toList());
    }
}
