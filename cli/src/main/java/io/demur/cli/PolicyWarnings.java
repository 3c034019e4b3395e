package io.demur.cli;

import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.compose.Alternatives;
import io.demur.core.compose.WordingTrial;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy may say, and somebody should look at all the same. */
final class PolicyWarnings {

    private static final int SHOWN_MAX = 12;

    private PolicyWarnings() {}

    /** One line for each. */
    static List<String> of(Charter charter, HarmPredictor judge) {
        List<String> warnings = new ArrayList<>();
        for (String purpose : dead(charter)) {
            warnings.add(
                    ("purpose `%s`: no grant and no prompt gives it to anybody, so its rules"
                                    + " never hold")
                            .formatted(purpose));
        }
        for (WordingTrial.Breach breach : WordingTrial.of(charter.wording())) {
            warnings.add(
                    "wording `%s`: %s, as in “%s”"
                            .formatted(
                                    breach.tongue().code(),
                                    breach.criterion(),
                                    breach.text().replaceAll("\\s+", " ")));
        }
        List<Alternatives.Offer> all = Alternatives.all(charter.wording());
        List<String> kept =
                all.stream()
                        .filter(offer -> isKept(charter.policy(), judge, offer.text()))
                        .map(offer -> "`" + offer + "`")
                        .toList();
        if (!kept.isEmpty()) {
            String shown = kept.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "));
            warnings.add(
                    "%d of the %d requests that refusals offer would be held or refused: %s%s"
                            .formatted(
                                    kept.size(),
                                    all.size(),
                                    shown,
                                    kept.size() > SHOWN_MAX
                                            ? " and %d more".formatted(kept.size() - SHOWN_MAX)
                                            : ""));
        }
        return warnings;
    }

    private static boolean isKept(Policy policy, HarmPredictor judge, String text) {
        return policy.decide(judge.assess(Request.of(text)), Context.PLAIN, Standing.FRESH)
                        .strength()
                        .compareTo(Strength.HOLD)
                >= 0;
    }

    /** Purposes that nothing gives to anybody. */
    private static List<String> dead(Charter charter) {
        return charter.policy().table().axes().purposes().stream()
                .filter(purpose -> !purpose.equals(Axes.OTHER))
                .filter(purpose -> !isGiven(charter, purpose))
                .toList();
    }

    private static boolean isGiven(Charter charter, String purpose) {
        return charter.grants().stream().anyMatch(it -> it.purposes().contains(purpose))
                || charter.prompts().stream().anyMatch(it -> it.purpose().equals(purpose));
    }
}
