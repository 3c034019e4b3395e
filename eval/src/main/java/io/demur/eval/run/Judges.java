package io.demur.eval.run;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.detect.Detector;
import io.demur.core.detect.Finding;
import io.demur.core.harm.AnswerJudge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who judges the answers of a run.
 *
 * @param refusals says whether an answer refuses, what the provider signals included
 * @param harm says whether it delivers something harmful, where that is to be judged
 */
public record Judges(Detector refusals, Optional<AnswerJudge> harm) {

    public Judges {
        Objects.requireNonNull(refusals);
        Objects.requireNonNull(harm);
    }

    /** Who they are. */
    public List<JudgeId> ids() {
        List<JudgeId> ids = new ArrayList<>();
        ids.add(refusals.id());
        harm.ifPresent(it -> ids.add(it.id()));
        return List.copyOf(ids);
    }

    /** What was said to a request, with what is found of it. */
    Round round(Request request, Heard.Said said) {
        Response response = wellFormed(said.response());
        Finding finding = refusals.find(request, response);
        OptionalDouble pHarm =
                harm.isEmpty() || response.text().isBlank()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(harm.get().pHarm(request, response.text()));
        return new Round(
                response,
                finding.verdict(),
                finding.by(),
                pHarm,
                said.usage(),
                said.latency(),
                said.model(),
                said.fingerprint(),
                said.free());
    }

    /** Halves of surrogate pairs, which a server may send by mistake, stand in no UTF-8 file. */
    private static Response wellFormed(Response response) {
        byte[] bytes = response.text().getBytes(StandardCharsets.UTF_8);
        String whole = new String(bytes, StandardCharsets.UTF_8);
        return whole.equals(response.text()) ? response : new Response(whole, response.stop());
    }
}
