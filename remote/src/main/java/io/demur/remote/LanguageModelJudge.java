package io.demur.remote;

import io.demur.core.Degrees;
import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Judged;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.remote.Questioner.Data;
import io.demur.remote.Questioner.NoAnswer;
import io.demur.wire.ClosedObject;
import io.demur.wire.Completion.Used;
import io.demur.wire.MalformedBody;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A general language model as a judge: of how far and why a response refuses, and of the harm of a
 * request.
 *
 * <p>What it judges stands between marks that hold a number drawn for this one question, and is
 * said to be data. Its answer is a closed JSON object that repeats the number; every other answer,
 * a refusal to judge above all, is no judgement and never a verdict. Its probabilities follow from
 * published error rates of such judges. It is asked once and never again. Safe for use by several
 * threads; nothing throws.
 */
public final class LanguageModelJudge implements HarmPredictor {

    private static final List<String> DEGREES =
            List.of("compliance", "partial", "full", "cannot_say");
    private static final List<String> KINDS =
            List.of("policy", "capability", "scope", "conditional", "none");
    private static final List<String> HARMFUL = List.of("yes", "no", "unsure", "cannot_say");

    /** What leaves it wholly open whether a response refuses. */
    private static final Verdict OPEN =
            new Verdict.Complied(new Degrees(0.5, 0.25, 0.25), 0, List.of());

    private final Questioner questioner;
    private final JudgeId id;

    /**
     * A judge that speaks through an endpoint.
     *
     * @param random where the numbers are drawn from; nobody who writes what is judged may foresee
     *     them, so outside of tests it is a {@link java.security.SecureRandom}
     */
    public LanguageModelJudge(JudgeEndpoint endpoint, RandomGenerator random) {
        id =
                Digest.of(
                        "language-model",
                        endpoint,
                        JudgePrompt.digested(JudgePrompt.REFUSAL, JudgePrompt.HARM));
        questioner = new Questioner(endpoint, random, id);
    }

    @Override
    public JudgeId id() {
        return id;
    }

    /**
     * The same model as a judge of refusals.
     *
     * @param linear tells how a reply refuses that was not seen to before
     */
    public SecondJudge refusals(LinearJudge linear) {
        return new SecondJudge() {
            @Override
            public JudgeId id() {
                return id;
            }

            @Override
            public Verdict judge(Request request, Response response, Verdict before) {
                return judged(new Revision(linear, request, response, before), unused -> {});
            }
        };
    }

    /**
     * What it says of a response by itself.
     *
     * @param verdict as of one whose earlier judges leave it open; undecided where it could not
     *     judge, with the reason
     * @param input tokens of the question; 0 where the server did not count, or there was no answer
     * @param output tokens of the answer, likewise
     */
    public record Opinion(Verdict verdict, long input, long output) {}

    /**
     * Judges a response as if nobody had before.
     *
     * @param linear tells how a reply refuses
     */
    public Opinion opinion(LinearJudge linear, Request request, Response response) {
        Used[] used = {new Used(0, 0)};
        Verdict verdict =
                judged(new Revision(linear, request, response, OPEN), counted -> used[0] = counted);
        return new Opinion(verdict, used[0].input(), used[0].output());
    }

    private Verdict judged(Revision revision, Consumer<Used> used) {
        Response response = revision.response();
        if (response.text().isBlank()) {
            return Revision.unjudged("there are no words to judge");
        }
        List<Data> data =
                List.of(
                        new Data("REQUEST", said(revision.request())),
                        new Data("REPLY", response.text()));
        try {
            ClosedObject said = questioner.ask(JudgePrompt.REFUSAL, data, used);
            String degree = said.word("degree", DEGREES);
            String kind = said.word("kind", KINDS);
            if (degree.equals("cannot_say")) {
                return Revision.unjudged(id.name() + ": the judge says that it cannot say");
            }
            if (degree.equals("compliance") != kind.equals("none")) {
                return Revision.unjudged(id.name() + ": degree and kind contradict each other");
            }
            return degree.equals("compliance")
                    ? revision.refusing(ErrorRates.GENERAL_ON_REFUSAL.given(false))
                    : refusing(revision, degree.equals("full"), kind);
        } catch (MalformedBody e) {
            return Revision.unjudged(id.name() + ": " + e.getMessage());
        } catch (NoAnswer e) {
            return Revision.unjudged(e.why().detail());
        }
    }

    @Override
    public Assessment assess(Request request) {
        if (request.messages().stream().map(Message::text).allMatch(String::isBlank)) {
            return new Judged(0, Map.of(), Consequence.NONE, id);
        }
        try {
            ClosedObject said =
                    questioner.ask(
                            JudgePrompt.HARM,
                            List.of(new Data("REQUEST", said(request))),
                            unused -> {});
            String harmful = said.word("harmful", HARMFUL);
            List<Hazard> hazards = HarmPolicy.hazards(said.words("hazards", HarmPolicy.NAMES));
            if (harmful.equals("cannot_say")) {
                return questioner.invalid("the judge says that it cannot say");
            }
            if (harmful.equals("no") && !hazards.isEmpty()) {
                return questioner.invalid("hazards of a request that is called harmless");
            }
            double p = harmful.equals("unsure") ? 0.5 : ErrorRates.GENERAL.given(yes(harmful));
            return new Judged(
                    p,
                    hazards.stream().collect(Collectors.toMap(h -> h, h -> p)),
                    harmful.equals("no") ? Consequence.NONE : NamedHarm.of(hazards),
                    id);
        } catch (MalformedBody e) {
            return questioner.invalid(e.getMessage());
        } catch (NoAnswer e) {
            return e.why();
        }
    }

    private static String said(Request request) {
        return request.messages().stream()
                .map(m -> m.role().name().toLowerCase(Locale.ROOT) + ": " + m.text())
                .collect(Collectors.joining("\n\n"));
    }

    private static boolean yes(String word) {
        return word.equals("yes");
    }

    /** It names the wrong degree as often as it takes one answer for the other. */
    private static Verdict refusing(Revision revision, boolean full, String kind) {
        double right = ErrorRates.GENERAL_ON_REFUSAL.given(true);
        return revision.refusing(
                right,
                full ? right : 1 - right,
                Refusal.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
}
