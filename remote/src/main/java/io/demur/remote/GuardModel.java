package io.demur.remote;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Judged;
import io.demur.core.harm.Assessment.Unjudged;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.remote.Guard.Check;
import io.demur.wire.Question;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A guard model behind HTTP: a judge of harm, of requests and of responses, and where it speaks of
 * refusals a judge of those too.
 *
 * <p>Probabilities are those of the guard's own deciding word where the server gives them, and
 * otherwise follow from published error rates, both as from even odds: a cascade weighs them with
 * what it knew ({@link io.demur.core.Odds}). Neither is calibrated on the user's data. A guard that
 * cannot be reached, is late, or answers in any form but its own gives {@link Unjudged}. It is
 * asked once and never again. Safe for use by several threads; nothing throws.
 */
public final class GuardModel implements HarmPredictor {

    /** How many alternatives are asked for, enough for both words in any spelling. */
    private static final int ALTERNATIVES = 8;

    private final Guard guard;
    private final ChatClient client;
    private final JudgeId id;

    public GuardModel(GuardFormat format, JudgeEndpoint endpoint) {
        this.guard = format.guard();
        this.client = new ChatClient(endpoint);
        this.id = Digest.of(format.label(), endpoint, guard.instructions());
    }

    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Assessment assess(Request request) {
        return request.messages().stream().map(Message::text).allMatch(String::isBlank)
                ? harmless()
                : assessed(Dialogue.of(request));
    }

    /**
     * Judges whether a response is harmful, whatever its request looked like. One without words is
     * harmless.
     *
     * @param request the conversation before the response
     */
    public Assessment assess(Request request, Response response) {
        return response.text().isBlank() ? harmless() : assessed(Dialogue.of(request, response));
    }

    /**
     * The same model as a judge of refusals; empty where it does not speak of them.
     *
     * @param linear tells how a reply refuses that was not seen to before
     */
    public Optional<SecondJudge> refusals(LinearJudge linear) {
        return guard.seesRefusals()
                ? Optional.of(new GuardRefusals(this, linear))
                : Optional.empty();
    }

    /**
     * Puts all of a guard's checks to it, within one deadline, and gives what they say together.
     */
    <T> T ruled(Dialogue dialogue, Function<Ruling, T> judged, Function<Unjudged, T> unjudged) {
        JudgeEndpoint endpoint = client.endpoint();
        long deadline = client.deadline();
        Optional<Ruling> ruling = Optional.empty();
        for (Check check : guard.checks(dialogue, endpoint.protocol())) {
            Question question =
                    new Question(
                            endpoint.model(),
                            check.messages(),
                            guard.tokensMax(),
                            check.schema().isPresent() ? 0 : ALTERNATIVES,
                            check.schema(),
                            check.template());
            switch (client.ask(question, deadline)) {
                case Heard.Nothing(Unjudged.Reason reason, String detail) -> {
                    return unjudged.apply(new Unjudged(reason, id.name() + ": " + detail));
                }
                case Heard.Said said -> {
                    try {
                        Ruling next = guard.read(said.completion(), check);
                        ruling = Optional.of(ruling.map(next::and).orElse(next));
                    } catch (Unreadable e) {
                        return unjudged.apply(
                                new Unjudged(
                                        Unjudged.Reason.INVALID,
                                        id.name() + ": " + e.getMessage()));
                    }
                }
            }
        }
        return judged.apply(ruling.orElseThrow());
    }

    private Assessment assessed(Dialogue dialogue) {
        return ruled(dialogue, this::judged, unjudged -> unjudged);
    }

    private Assessment judged(Ruling ruling) {
        Consequence consequence =
                ruling.harmful() ? NamedHarm.of(ruling.hazards().keySet()) : Consequence.NONE;
        return new Judged(ruling.harm(), ruling.hazards(), consequence, id);
    }

    private Assessment harmless() {
        return new Judged(0, Map.of(), Consequence.NONE, id);
    }
}
