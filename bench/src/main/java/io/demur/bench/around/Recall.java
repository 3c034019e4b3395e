package io.demur.bench.around;

import io.demur.core.incident.Keeping;
import io.demur.core.incident.RefusedRequests;
import io.demur.core.incident.Resemblance;
import io.demur.core.incident.Sent;
import io.demur.core.incident.Weights;
import io.demur.testkit.Gen;
import io.demur.testkit.asked.Around;
import io.demur.testkit.asked.Guise;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * How much of what is re-sent is recognised, and how much that is harmless: every refused request
 * of the groups was refused to one principal, who then sends all the rest.
 */
final class Recall {

    private static final List<Guise> ENCODINGS =
            List.of(
                    Guise.BASE64,
                    Guise.ROT13,
                    Guise.LEET,
                    Guise.HOMOGLYPHS,
                    Guise.ZERO_WIDTH,
                    Guise.HEX,
                    Guise.URL);

    /** Of what is in doubt a judge is asked about so many pairs of a request. */
    private static final int ASKED_MAX = 2;

    /** What the stub says wrongly: of requests that are the same, and of others. */
    private static final double STUB_MISSES = 0.05;

    private static final double STUB_ACCUSES = 0.001;
    private static final int SCALE = 1_000_000;

    private final List<Around> groups;
    private final Texts texts;
    private final boolean points;
    private final boolean stub;
    private final RefusedRequests refused;
    private int asked;

    Recall(List<Around> groups, Texts texts, Weights weights, boolean points, boolean stub) {
        this.groups = groups;
        this.texts = texts;
        this.points = points;
        this.stub = stub;
        refused =
                new RefusedRequests(
                        new Keeping(1_000, 100_000, 1L << 30, Duration.ofDays(7)), weights);
        groups.forEach(g -> refused.remember(texts.refused(g.id(), "somebody", g.request())));
    }

    /** Of so many so many. */
    static final class Share {
        private int of;
        private int found;

        void count(boolean hit) {
            of++;
            found += hit ? 1 : 0;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * found / of, found, of);
        }

        double value() {
            return found / (double) of;
        }
    }

    Share in(Guise... guises) {
        Gen gen = new Gen(new SplittableRandom(5));
        Share share = new Share();
        for (Around group : groups) {
            for (Guise guise : guises) {
                share.count(isFound(group, guise.of(group.request(), gen)));
            }
        }
        return share;
    }

    Share encoded() {
        return in(ENCODINGS.toArray(Guise[]::new));
    }

    Share paraphrased() {
        Share share = new Share();
        groups.forEach(
                group -> group.paraphrases().forEach(text -> share.count(isFound(group, text))));
        return share;
    }

    Share translated(String code) {
        Share share = new Share();
        for (Around group : groups) {
            String text = Objects.requireNonNull(group.translations().get(code));
            share.count(isFound(group, text));
        }
        return share;
    }

    Share split() {
        Share share = new Share();
        for (Around group : groups) {
            share.count(row(group, group.split()).stream().anyMatch(one -> isOf(group, one)));
        }
        return share;
    }

    /** Neighbours that raise anything, sent one after another, of any refused request. */
    Share alarms() {
        Share share = new Share();
        for (Around group : groups) {
            List<Sent> earlier = new ArrayList<>();
            for (String text : group.neighbours()) {
                Sent sent = texts.sent("n" + earlier.size(), "somebody", text, 1 + earlier.size());
                share.count(!all(sent, earlier, group, false).isEmpty());
                earlier.add(sent);
            }
        }
        return share;
    }

    int asked() {
        return asked;
    }

    private List<Resemblance> row(Around group, List<String> parts) {
        List<Sent> earlier = new ArrayList<>();
        List<Resemblance> found = new ArrayList<>();
        for (String text : parts) {
            Sent sent = texts.sent("s" + earlier.size(), "somebody", text, 1 + earlier.size());
            found.addAll(all(sent, earlier, group, true));
            earlier.add(sent);
        }
        return found;
    }

    private boolean isFound(Around group, String text) {
        Sent sent = texts.sent("s", "somebody", text, 1);
        return all(sent, List.of(), group, true).stream().anyMatch(one -> isOf(group, one));
    }

    private static boolean isOf(Around group, Resemblance one) {
        return one.refused().attempt().equals(group.id());
    }

    private List<Resemblance> all(Sent sent, List<Sent> earlier, Around group, boolean again) {
        List<Resemblance> found = new ArrayList<>();
        refused.quick(sent).ifPresent(found::add);
        if (found.isEmpty()) {
            found.addAll(
                    points
                            ? refused.closely(sent, earlier)
                            : refused.closelyByWords(sent, earlier));
        }
        if (found.isEmpty() && stub) {
            for (Resemblance one : refused.doubtful(sent).stream().limit(ASKED_MAX).toList()) {
                asked++;
                String refusedText = one.refused().attempt() + sent.prints().hashCode();
                if (stub(again && isOf(group, one), refusedText, sent.attempt())) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    /** Knows the answer, and says it wrongly now and then, by the texts alone. */
    private static boolean stub(boolean same, String before, String later) {
        CRC32 crc = new CRC32();
        crc.update((before + later).getBytes(StandardCharsets.UTF_8));
        double chance = crc.getValue() % SCALE / (double) SCALE;
        boolean wrong = chance < (same ? STUB_MISSES : STUB_ACCUSES);
        return same != wrong;
    }
}
