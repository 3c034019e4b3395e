package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;

/** The page that shows fifty refusals says what the composer writes. */
class RefusalsPageTest {

    private static final int COUNT = 50;

    @Test
    void thePageIsWhatTheComposerWrites() {
        List<Tongue> tongues = List.of(Tongue.values());
        List<Hazard> hazards = List.of(Hazard.values());
        List<Decision> decisions = Occasions.decisions().subList(0, 6);
        StringBuilder page = new StringBuilder(OPENING);
        for (int i = 0; i < COUNT; i++) {
            Tongue tongue = tongues.get(i % tongues.size());
            Hazard hazard = hazards.get((i + i / tongues.size()) % hazards.size());
            // every second one is the commonest decision, the others take turns
            Decision decision = decisions.get(i % 2 == 0 ? 0 : 1 + (i / 2) % 5);
            String request = Requests.of(tongue, hazard);
            Composed composed = Occasions.compose(Occasions.of(request, hazard, decision), tongue);
            assertEquals(List.of(), Criteria.breaches(composed, tongue));
            page.append(
                    "\n## %d. %s, %s, %s\n\n> %s\n\n%s\n"
                            .formatted(
                                    i + 1,
                                    tongue.code(),
                                    ReasonCode.of(hazard).code(),
                                    name(decision),
                                    request,
                                    composed.text()));
        }
        Golden.check("docs/refusals.md", page.toString());
    }

    private static String name(Decision decision) {
        return decision instanceof Decision.Refuse refuse
                ? refuse.kind().name().toLowerCase(Locale.ROOT)
                : decision.strength().name().toLowerCase(Locale.ROOT);
    }

    private static final String OPENING =
            """
            # Fifty refusals

            What the composer writes, for a person to read: every hazard, kind and language. First stands what
            was asked (the requests are the project's own; they name a harm and never say how it is done), then the
            whole of the reply. The kinds are `policy`, `capability`, `scope` and `conditional`; `hold` waits for a
            person, and after `condition` an answer did not meet the policy's terms. The build compares this page
            with the composer; `-Dgolden.update=true` writes it anew.
            """;
}
