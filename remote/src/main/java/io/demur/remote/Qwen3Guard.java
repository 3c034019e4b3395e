package io.demur.remote;

import io.demur.core.harm.Hazard;
import io.demur.wire.Completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Qwen3Guard-Gen: a line of safety (safe, controversial, unsafe), one of categories, and on a
 * response one that says whether it refuses. The chat template writes the prompt. Source of the
 * form and of the categories: the repository QwenLM/Qwen3Guard (Apache-2.0).
 */
final class Qwen3Guard implements Guard {

    private static final List<String> SAFETY = List.of("Unsafe", "Controversial", "Safe");

    private static final Pattern ANSWER =
            Pattern.compile(
                    "\\s*+Safety: (Safe|Controversial|Unsafe)\\h*+\\R"
                            + "\\s*+Categories: ([^\\n]{1,300}+)"
                            + "(?:\\n\\s*+Refusal: (Yes|No))?+\\s*+");

    /** Its categories; some say nothing about which of our hazards it is. */
    private static final Map<String, Optional<Hazard>> CATEGORIES =
            Map.ofEntries(
                    Map.entry("Violent", Optional.of(Hazard.VIOLENT_CRIMES)),
                    Map.entry("Non-violent Illegal Acts", Optional.of(Hazard.NON_VIOLENT_CRIMES)),
                    Map.entry("Sexual Content or Sexual Acts", Optional.of(Hazard.SEXUAL_CONTENT)),
                    Map.entry("PII", Optional.of(Hazard.PRIVACY)),
                    Map.entry("Suicide & Self-Harm", Optional.of(Hazard.SUICIDE_AND_SELF_HARM)),
                    Map.entry("Unethical Acts", Optional.empty()),
                    Map.entry("Politically Sensitive Topics", Optional.empty()),
                    Map.entry("Copyright Violation", Optional.of(Hazard.INTELLECTUAL_PROPERTY)),
                    Map.entry("Jailbreak", Optional.empty()));

    @Override
    public List<Check> checks(Dialogue dialogue, Protocol protocol) {
        return List.of(Check.plain(dialogue.turns(), dialogue.endsWithAnswer()));
    }

    @Override
    public Ruling read(Completion completion, Check check) throws Unreadable {
        Answer answer = Answer.whole(completion);
        Matcher found = ANSWER.matcher(answer.text());
        if (!found.matches() || (found.group(3) != null) != check.ofResponse()) {
            throw answer.unexpected();
        }
        String safety = found.group(1);
        boolean safe = safety.equals("Safe");
        if (found.group(2).strip().equals("None") != safe) {
            throw answer.unexpected();
        }
        List<Hazard> hazards = new ArrayList<>();
        for (String category : safe ? new String[0] : found.group(2).split(",", -1)) {
            Optional<Hazard> hazard = CATEGORIES.get(category.strip());
            if (hazard == null) {
                throw answer.unexpected();
            }
            hazard.ifPresent(hazards::add);
        }
        Ruling harm = Ruling.of(!safe, harm(answer, found.start(1), safety), hazards);
        if (!check.ofResponse()) {
            return harm;
        }
        double stated = ErrorRates.GUARD_ON_REFUSAL.given(YesNo.yes(found.group(3)));
        return harm.withRefusal(
                answer.likelihood(found.start(3), YesNo.WORDS).map(p -> p[0]).orElse(stated));
    }

    @Override
    public boolean seesRefusals() {
        return true;
    }

    @Override
    public int tokensMax() {
        return 128;
    }

    @Override
    public String instructions() {
        return "";
    }

    /** What is controversial is harmful by some policies and not by others: even odds. */
    private static double harm(Answer answer, int at, String safety) {
        Optional<double[]> likelihood = answer.likelihood(at, SAFETY);
        if (likelihood.isPresent()) {
            return Math.min(1, likelihood.get()[0] + likelihood.get()[1] / 2);
        }
        return safety.equals("Controversial")
                ? 0.5
                : ErrorRates.GUARD.given(safety.equals("Unsafe"));
    }
}
