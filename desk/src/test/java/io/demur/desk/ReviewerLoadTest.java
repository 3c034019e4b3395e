package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What samples, known cases and incidents come to for those who review 100,000 exchanges in ten
 * days, with 0.1 % true route-arounds among them. Measured are the draw, its bounds, and that all
 * of it is in the store. No text is compared, and no incident drawn: how many there are is worked
 * out from rates that {@code docs/reference/incidents-matching.md} has measured elsewhere, with the
 * encoder. Of true ones 73 % are seen, if as many are copies (100 %), encodings (100 %), light
 * edits (98.4 %), paraphrases (48.2 %), translations (40.9 %) and pieces (49.2 %); of what is
 * harmless and of the same topic as something refused, 0.05 % is taken for one.
 *
 * <p>Assumed, and measured nowhere: half of the exchanges with local models, half with hosted ones;
 * 0.1 % true ones; 3 % of the rest by principals who were refused before, and so like what they
 * were refused; each incident a case of its own. Left out: held requests, appeals, reports and
 * second looks, which come on top. Worth a person's time are the true incidents alone: not a
 * sample, though some of them show something, and no known case.
 */
class ReviewerLoadTest {

    private static final int EXCHANGES = 100_000;
    private static final int DAYS = 10;
    private static final double TRUE = 0.001;
    private static final double SEEN = 0.73;
    private static final double REFUSED_BEFORE = 0.03;
    private static final double FALSE_ALARM = 0.0005;

    @Test
    void atLeastHalfOfWhatReachesAReviewerIsWorthItAndThereIsNotTooMuch(@TempDir Path folder)
            throws Exception {
        try (Desk desk = new Desk(folder)) {
            Samples samples =
                    new Samples(
                            desk.cases,
                            desk.lot,
                            desk.ids,
                            new Sampling(desk.lot, Settings.USUAL::review),
                            desk.clock);
            Duration between = Duration.ofDays(DAYS).dividedBy(EXCHANGES);
            int found = 0;
            int falseAlarms = 0;
            for (int i = 0; i < EXCHANGES; i++) {
                desk.later(between);
                Attempt attempt = desk.attempt(i % 2 == 0 ? "local" : "hosted");
                Sampling.Drawn drawn = samples.sampling().draw(attempt, desk.now);
                if (drawn != Sampling.Drawn.NOTHING) {
                    var unused =
                            samples.open(
                                    drawn,
                                    attempt,
                                    Outcome.bare(
                                            desk.now,
                                            attempt.id(),
                                            Outcome.Result.ALLOW,
                                            "answered"));
                }
                if (found < Math.round((i + 1) * TRUE * SEEN)) {
                    incident(desk, attempt);
                    found++;
                } else if (falseAlarms
                        < Math.round((i + 1) * (1 - TRUE) * REFUSED_BEFORE * FALSE_ALARM)) {
                    incident(desk, attempt);
                    falseAlarms++;
                }
            }
            List<ReviewCase> all =
                    desk.cases.all(
                            EnumSet.allOf(Kind.class), EnumSet.of(State.OPEN), Integer.MAX_VALUE);
            Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
            all.forEach(it -> kinds.merge(it.kind(), 1, Integer::sum));
            double worth = (double) found / all.size();
            double perBlock = (double) all.size() * Settings.Review.BLOCK / EXCHANGES;
            System.out.printf(
                    "reviewer load: %s; %d true, %d false; worth it %.1f %%; %.1f a day per 10,000"
                            + " exchanges%n",
                    kinds, found, falseAlarms, 100 * worth, perBlock);
            assertTrue(worth >= 0.5, () -> kinds.toString());
            assertTrue(perBlock < 20, () -> kinds.toString());
            int samplesDrawn = kinds.getOrDefault(Kind.SAMPLE, 0);
            int known = kinds.getOrDefault(Kind.SEEDED, 0);
            int most = Settings.USUAL.review().perBlock() * (DAYS + 2);
            assertTrue(samplesDrawn >= most / 2 && samplesDrawn <= most, () -> kinds.toString());
            assertEquals(0.1, (double) known / all.size(), 0.04);
        }
    }

    /** While there is little traffic the share of the class is what is drawn. */
    @Test
    void ofLittleTrafficTheShareIsDrawn(@TempDir Path folder) throws Exception {
        try (Desk desk = new Desk(folder)) {
            Sampling sampling = new Sampling(desk.lot, Settings.USUAL::review);
            int local = 0;
            int hosted = 0;
            for (int day = 0; day < 400; day++) {
                desk.later(Duration.ofDays(1));
                for (int i = 0; i < 25; i++) {
                    local += sampled(sampling, desk, "local");
                    hosted += sampled(sampling, desk, "hosted");
                }
            }
            // 10,000 of each, give or take four standard errors
            assertEquals(500, local, 4 * Math.sqrt(10_000 * 0.05 * 0.95));
            assertEquals(100, hosted, 4 * Math.sqrt(10_000 * 0.01 * 0.99));
        }
    }

    /** A policy that comes into force holds for the next answer. */
    @Test
    void theShareIsThatOfThePolicyInForce(@TempDir Path folder) throws Exception {
        try (Desk desk = new Desk(folder)) {
            AtomicReference<Settings.Review> inForce =
                    new AtomicReference<>(new Settings.Review(0, 0, 0, 0));
            Sampling sampling = new Sampling(desk.lot, inForce::get);
            assertEquals(0, sampled(sampling, desk, "local"));
            assertEquals(0, sampling.most());
            inForce.set(new Settings.Review(1, 0, 0, 100));
            assertEquals(1, sampled(sampling, desk, "local"));
            assertEquals(0, sampled(sampling, desk, "hosted"));
            assertEquals(100, sampling.most());
        }
    }

    private static int sampled(Sampling sampling, Desk desk, String modelClass) {
        return sampling.draw(desk.attempt(modelClass), desk.now) == Sampling.Drawn.SAMPLE ? 1 : 0;
    }

    private static void incident(Desk desk, Attempt attempt) throws Exception {
        ReviewCase opened =
                desk.open(
                        Kind.INCIDENT,
                        attempt.id(),
                        attempt.subject(),
                        Optional.of("privacy"),
                        Service.USUAL.of(Kind.INCIDENT));
        assertEquals(State.OPEN, opened.state());
    }
}
