package io.demur.remote;

import io.demur.core.harm.Hazard;
import io.demur.wire.Completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Llama Guard 3 and 4: {@code safe}, or {@code unsafe} and a second line of codes such as {@code
 * S1,S9}. The chat template writes the prompt. Source of the form, and of taking the first token's
 * probability for the score: Meta's model cards.
 */
final class LlamaGuard implements Guard {

    private static final String ELECTIONS = "S13";

    /** A means and no harm: it makes a request unsafe and names no hazard of ours. */
    private static final String CODE_INTERPRETER = "S14";

    @Override
    public List<Check> checks(Dialogue dialogue, Protocol protocol) {
        return List.of(Check.plain(dialogue.turns(), dialogue.endsWithAnswer()));
    }

    @Override
    public Ruling read(Completion completion, Check check) throws Unreadable {
        Answer answer = Answer.whole(completion);
        List<String> lines = answer.text().strip().lines().map(String::strip).toList();
        boolean unsafe = lines.getFirst().equals("unsafe");
        if (lines.size() != (unsafe ? 2 : 1) || (!unsafe && !lines.getFirst().equals("safe"))) {
            throw answer.unexpected();
        }
        int at = answer.text().indexOf(lines.getFirst());
        double harm =
                answer.likelihood(at, List.of("unsafe", "safe"))
                        .map(p -> p[0])
                        .orElse(ErrorRates.GUARD.given(unsafe));
        List<Hazard> hazards = new ArrayList<>();
        if (unsafe) {
            for (String code : lines.get(1).split(",", -1)) {
                hazard(code.strip(), answer).ifPresent(hazards::add);
            }
        }
        return Ruling.of(unsafe, harm, hazards);
    }

    @Override
    public boolean seesRefusals() {
        return false;
    }

    /** Room for all fourteen codes. */
    @Override
    public int tokensMax() {
        return 64;
    }

    @Override
    public String instructions() {
        return "";
    }

    private static Optional<Hazard> hazard(String code, Answer answer) throws Unreadable {
        if (code.equals(ELECTIONS)) {
            return Optional.of(Hazard.SPECIALIZED_ADVICE);
        }
        Optional<Hazard> hazard =
                Arrays.stream(Hazard.values())
                        .filter(h -> h.llamaGuard().equals(Optional.of(code)))
                        .findFirst();
        if (hazard.isEmpty() && !code.equals(CODE_INTERPRETER)) {
            throw answer.unexpected();
        }
        return hazard;
    }
}
