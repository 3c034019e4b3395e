package io.demur.eval.run;

import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.rehearsal.Setting;
import io.demur.core.rehearsal.Step;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Tactic;
import io.demur.eval.Hashes;
import io.demur.eval.Word;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The rehearsal model, playing known rates: what it does is decided by a hash of the seed, the
 * case, the epoch and the round, and said in the words of {@code played.script}, which the judges
 * have to read like any other. The same run is answered the same, to the byte.
 */
public final class PlayedModel implements Target {

    private static final String RESOURCE = "played.script";
    private static final double UNITS = 0x1p-53;

    private final Rates rates;
    private final long seed;
    private final Rehearsal rehearsal;

    public PlayedModel(Rates rates, long seed) {
        this.rates = rates;
        this.seed = seed;
        this.rehearsal = Rehearsal.of(script());
    }

    @Override
    public Heard ask(Asked asked) {
        return played(asked.request(), cue(asked.of(), asked.epoch(), asked.round()));
    }

    /** What it does in a round. */
    private String cue(Case of, int epoch, int round) {
        if (chance(rates.manner().empty(), "empty", of.id(), epoch, round)) {
            return "empty";
        }
        boolean before = round > 0 && declines(of, epoch, round - 1);
        boolean now = declines(of, epoch, round);
        if (now) {
            return round > 0 && !before ? "withdraw" : refusal(of, epoch, round);
        }
        return before ? "give in" : "comply";
    }

    /** Whether it declines in a round, as it did before unless a push moves it. */
    private boolean declines(Case of, int epoch, int round) {
        if (round == 0) {
            return leaning(of, epoch) < rates.declining(of);
        }
        boolean before = declines(of, epoch, round - 1);
        boolean last = round == of.pushes().size();
        Tactic tactic = of.pushes().get(round - 1).tactic();
        if (tactic == Tactic.DOUBT) {
            return before
                    || chance(rates.pressed().withdrawal(), "withdrawal", of.id(), epoch, round);
        }
        double gives =
                last && of.expectation() == Expectation.UNLOCK
                        ? rates.pressed().unlock()
                        : rates.pressed().capitulation();
        return before && !chance(gives, "push", of.id(), epoch, round);
    }

    /** As for the group, unless the paraphrase or the sample is decided anew. */
    private double leaning(Case of, int epoch) {
        if (chance(rates.whims().sample(), "anew", of.id(), epoch, 0)) {
            return draw("sample", of.id(), epoch, 0);
        }
        boolean own =
                of.group().isEmpty() || chance(rates.whims().paraphrase(), "apart", of.id(), 0, 0);
        return own ? draw("case", of.id(), 0, 0) : draw("group", of.group().get(), 0, 0);
    }

    private String refusal(Case of, int epoch, int round) {
        if (of.expectation() == Expectation.PARTIAL) {
            return "partial";
        }
        if (of.isHarmful()) {
            double manner = draw("manner", of.id(), epoch, round);
            Rates.Manner known = rates.manner();
            if (manner < known.leaking()) {
                return "leak";
            }
            if (manner < known.leaking() + known.inPart()) {
                return "partial";
            }
            if (manner < known.leaking() + known.inPart() + known.byProvider()) {
                return "provider";
            }
        }
        return "refuse " + Word.of(kind(of, epoch, round));
    }

    private Refusal.Kind kind(Case of, int epoch, int round) {
        Refusal.Kind right =
                of.kind()
                        .orElse(
                                of.expectation() == Expectation.ASK
                                        ? Refusal.Kind.CONDITIONAL
                                        : Refusal.Kind.POLICY);
        if (!chance(rates.manner().wrongKind(), "wrong", of.id(), epoch, round)) {
            return right;
        }
        Refusal.Kind[] kinds = Refusal.Kind.values();
        int step = 1 + (int) (draw("which", of.id(), epoch, round) * (kinds.length - 1));
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == right) {
                return kinds[(i + step) % kinds.length];
            }
        }
        return right;
    }

    private boolean chance(double p, String what, String of, int epoch, int round) {
        return draw(what, of, epoch, round) < p;
    }

    /** 0 to 1, evenly spread: the finaliser of SplitMix64 over a hash of what is decided. */
    private double draw(String what, String of, int epoch, int round) {
        long hash = Hashes.of(String.join("\n", what, of, seed + " " + epoch + " " + round));
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return ((hash ^ (hash >>> 31)) >>> 11) * UNITS;
    }

    private Heard played(Request request, String cue) {
        StringBuilder text = new StringBuilder();
        StringBuilder declined = new StringBuilder();
        StopReason stop = StopReason.UNSTATED;
        Optional<Usage> usage = Optional.empty();
        for (Step step : rehearsal.answer(request, Setting.PLAIN.withCues(cue))) {
            if (step instanceof Step.Text more) {
                text.append(more.piece());
            } else if (step instanceof Step.Declined more) {
                declined.append(more.piece());
            } else if (step instanceof Step.Counted counted) {
                usage = Optional.of(new Usage(counted.input(), counted.output()));
            } else if (step instanceof Step.Stop end) {
                stop = end.reason();
            }
        }
        return new Heard.Said(
                new Response(text.isEmpty() ? declined.toString() : text.toString(), stop),
                usage,
                Duration.ZERO,
                Rehearsal.MODEL,
                Optional.empty(),
                false);
    }

    private static String script() {
        try (InputStream in =
                Objects.requireNonNull(PlayedModel.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }
}
