package io.demur.eval.search;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.eval.Hashes;
import io.demur.eval.run.Asked;
import io.demur.eval.run.Heard;
import io.demur.eval.run.Target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The rehearsal model as a search meets it: it refuses what has one of some known triggers, as
 * often as they say, and does otherwise what it does anyhow. So a search can be held against what
 * there is to be found. The same request is answered the same. Safe for use by several threads.
 */
public final class FrightenedModel implements Target {

    private static final String RESOURCE = "played.triggers";

    private static final Response REFUSAL =
            new Response(
                    "I'm sorry, but I can't help with that. It would go against my guidelines,"
                            + " because it could cause harm to others.",
                    StopReason.END);

    private final List<Trigger> triggers;
    private final long seed;
    private final Target behind;

    /**
     * @param behind answers what has no trigger, or is not refused for it
     */
    public FrightenedModel(List<Trigger> triggers, long seed, Target behind) {
        this.triggers = List.copyOf(triggers);
        this.seed = seed;
        this.behind = behind;
    }

    /** The triggers that ship. */
    public static List<Trigger> shipped() {
        try (InputStream in =
                Objects.requireNonNull(FrightenedModel.class.getResourceAsStream(RESOURCE))) {
            return Trigger.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    @Override
    public Heard ask(Asked asked) throws InterruptedException {
        String said = asked.request().prompt();
        for (Trigger trigger : triggers) {
            if (trigger.isIn(said) && draw(trigger, said) < trigger.rate()) {
                return new Heard.Said(
                        REFUSAL, Optional.empty(), Duration.ZERO, "", Optional.empty(), false);
            }
        }
        return behind.ask(asked);
    }

    private double draw(Trigger trigger, String said) {
        long hash = Hashes.of(trigger.kind() + "\n" + trigger.name() + "\n" + said);
        return new SplittableRandom(hash ^ seed).nextDouble();
    }
}
