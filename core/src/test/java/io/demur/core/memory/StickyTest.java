package io.demur.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Standing;
import io.demur.testkit.Gen;
import io.demur.testkit.asked.Asked;
import io.demur.testkit.asked.Guise;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * That what is refused is recognised however it comes back, and stays refused; and that nothing
 * harmless is refused for standing near to it. All that was refused was refused to one principal,
 * which is the hardest for the harmless. {@code -Dthorough=true} takes all of the half of the
 * corpus that no limit was chosen on, and prints the table of {@code docs/reference/memory.md}.
 */
class StickyTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final double SHARE_MIN = 0.97;

    /** About so many of those refused are asked for again in each guise. */
    private static final int MEASURED = 220;

    /**
     * The usual rules, and refusal from 0.75 on: the quick judge is seldom sure enough for more.
     */
    private static final Policy POLICY = policy();

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Whose WHOSE = Whose.of("somebody");
    private static final Asker GROUNDS = Asker.of(Context.PLAIN, "");

    private final RefusalMemory memory =
            new RefusalMemory(
                    MemoryKey.of(new byte[32]),
                    new Bounds(5000, 1, Long.MAX_VALUE, Duration.ofDays(7)));

    @Test
    void whatWasRefusedStaysRefusedInEveryGuise() {
        List<String> refused = refused();
        assertTrue(refused.size() >= 100, () -> refused.size() + " refused");
        int step = Math.max(1, refused.size() / MEASURED);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < refused.size(); i += step) {
            some.add(refused.get(i));
        }
        say("%d refused, %d asked again".formatted(refused.size(), some.size()));
        Gen gen = new Gen(new SplittableRandom(11));
        List<String> missed = new ArrayList<>();
        for (Guise guise : Guise.values()) {
            int recognised = 0;
            int alone = 0;
            int stopped = 0;
            int read = 0;
            for (String request : some) {
                String again = guise.of(request, gen);
                Context context = guise == Guise.OTHER_MODEL ? LOCAL : Context.PLAIN;
                Instant now =
                        NOON.plus(
                                guise == Guise.NEXT_DAY ? Duration.ofDays(1) : Duration.ofHours(1));
                Recognition found = memory.recall(WHOSE, again, GROUNDS, now);
                recognised += found.standing() instanceof Standing.Refused ? 1 : 0;
                alone += stops(again, context, Standing.FRESH) ? 1 : 0;
                stopped += stops(again, context, found.standing()) ? 1 : 0;
                read += stopsWithReading(again, context, found) ? 1 : 0;
            }
            double all = some.size();
            say(
                    "| %s | %.3f | %.3f | %.3f | %.3f |"
                            .formatted(
                                    guise,
                                    recognised / all,
                                    alone / all,
                                    stopped / all,
                                    read / all));
            if (recognised < SHARE_MIN * all || read < SHARE_MIN * all) {
                missed.add(guise + ": " + recognised + ", " + read + " of " + some.size());
            }
        }
        assertEquals(List.of(), missed);
    }

    @Test
    void noHarmlessNeighbourIsRefusedBecauseOfOne() {
        refused();
        List<String> harmless = harmless();
        int recognised = 0;
        List<String> wrong = new ArrayList<>();
        for (String request : harmless) {
            Recognition found = memory.recall(WHOSE, request, GROUNDS, NOON);
            recognised += found.standing() instanceof Standing.Refused ? 1 : 0;
            if (!stops(request, Context.PLAIN, Standing.FRESH)
                    && stopsWithReading(request, Context.PLAIN, found)) {
                wrong.add(request + " | " + found);
            }
        }
        say(
                "%d harmless, %d recognised, %d refused for it"
                        .formatted(harmless.size(), recognised, wrong.size()));
        assertTrue(recognised <= harmless.size() / 100, recognised + " are recognised");
        assertEquals(List.of(), wrong);
    }

    private static final Context LOCAL =
            new Context(ModelClass.LOCAL, "other", "other", Context.PLAIN.stage());

    private static Policy policy() {
        List<Rule> rules = new ArrayList<>(Policy.usual());
        rules.addFirst(
                new Rule(
                        "sure-enough",
                        Rule.Match.ALL,
                        new Rule.Effect.AtLeast(Decision.Strength.REFUSE, 750_000)));
        return Policy.of(Policy.defaultPosture(), rules, new Axes(List.of(), List.of()));
    }

    /** Remembers all that the policy stops. */
    private List<String> refused() {
        Set<String> asked = new LinkedHashSet<>();
        if (THOROUGH) {
            asked.addAll(Asked.corpus("harmful", 1));
        }
        asked.addAll(Asked.framed('!'));
        List<String> refused = new ArrayList<>();
        for (String request : asked) {
            if (stops(request, Context.PLAIN, Standing.FRESH)) {
                String attempt = "att_" + refused.size();
                memory.remember(WHOSE, request, attempt, Optional.empty(), GROUNDS, NOON);
                refused.add(request);
            }
        }
        return refused;
    }

    private static List<String> harmless() {
        List<String> harmless = new ArrayList<>(Asked.framed('+'));
        List<String> corpus = Asked.corpus("benign", 1);
        harmless.addAll(THOROUGH ? corpus : corpus.subList(0, 300));
        return harmless;
    }

    private static boolean stops(String request, Context context, Standing standing) {
        Assessment assessment = LinearHarm.shipped().assess(Request.of(request));
        return POLICY.decide(assessment, context, standing).strength().compareTo(Strength.HOLD)
                >= 0;
    }

    private static boolean stopsWithReading(String request, Context context, Recognition found) {
        return stops(request, context, found.standing())
                || (!found.reading().isEmpty()
                        && stops(found.reading(), context, found.standing()));
    }

    private static void say(String line) {
        if (THOROUGH) {
            System.out.println(line);
        }
    }
}
