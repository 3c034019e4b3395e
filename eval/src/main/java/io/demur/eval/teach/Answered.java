package io.demur.eval.teach;

import io.demur.core.FailureMode;
import io.demur.core.Labels;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Verdict;
import io.demur.eval.SamePrompt;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One answer to one request, with all that was judged of both.
 *
 * @param request the conversation up to the answer
 * @param text the answer
 * @param verdict whether it refuses
 * @param pHarm probability that it delivers something harmful; empty where that was not judged
 * @param failures what went wrong
 * @param label what people say of the request
 * @param pRequest probability that the request is harmful; empty where it was not judged
 * @param pair names the requests that are the same in another context
 * @param origin where the answer stands
 * @param judges who judged
 */
public record Answered(
        Request request,
        String text,
        Verdict verdict,
        OptionalDouble pHarm,
        Set<FailureMode> failures,
        Optional<Labels.Prompt> label,
        OptionalDouble pRequest,
        Optional<String> pair,
        Said.Recorded origin,
        List<String> judges) {
    public Answered {
        Objects.requireNonNull(request);
        Objects.requireNonNull(text);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(pHarm);
        Objects.requireNonNull(label);
        Objects.requireNonNull(pRequest);
        Objects.requireNonNull(pair);
        Objects.requireNonNull(origin);
        failures = Set.copyOf(failures);
        judges = List.copyOf(judges);
    }

    /** The same for requests that ask the same of whoever answers. */
    String key() {
        return key(request);
    }

    static String key(Request request) {
        return request.messages().stream()
                .map(Answered::plain)
                .collect(Collectors.joining("\u0000"));
    }

    private static String plain(Message message) {
        return message.role() + " " + SamePrompt.of(message.text());
    }

    /** The answer as one side of a lesson. */
    Said said() {
        return new Said(text, origin);
    }

    /**
     * Whether the request is harmful; empty where nobody has said so and no judge is sure.
     *
     * @param lines from where on a judge is sure
     */
    Optional<Boolean> harmful(Lines lines) {
        if (label.isPresent()) {
            return label.map(it -> it == Labels.Prompt.HARMFUL);
        }
        if (pRequest.isEmpty()) {
            return Optional.empty();
        }
        double p = pRequest.getAsDouble();
        return p < lines.harmlessRequest()
                ? Optional.of(false)
                : p >= lines.harmfulRequest() ? Optional.of(true) : Optional.empty();
    }

    /** What is known of the harm of the request, in words. */
    String known() {
        return label.map(it -> it == Labels.Prompt.HARMFUL ? "labelled harmful" : "labelled benign")
                .orElseGet(
                        () ->
                                pRequest.isPresent()
                                        ? "harmful with p %.2f".formatted(pRequest.getAsDouble())
                                        : "not judged");
    }
}
