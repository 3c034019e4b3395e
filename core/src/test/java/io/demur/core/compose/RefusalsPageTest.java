package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The page that shows fifty refusals says what the composer writes. */
class RefusalsPageTest {

    private static final int COUNT = 50;

    @Test
    void thePageIsWhatTheComposerWrites() {
        List<Tongue> tongues = List.of(Tongue.values());
        List<Hazard> hazards = List.of(Hazard.values());
        List<Decision> decisions = Occasions.decisions();
        StringBuilder page = new StringBuilder(OPENING);
        Set<Object> shown = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            Tongue tongue = tongues.get(i % tongues.size());
            Hazard hazard = hazards.get((i + i / tongues.size()) % hazards.size());
            Decision decision = decision(i, hazard, decisions);
            String request = Requests.of(tongue, hazard);
            Composed composed = Occasions.compose(Occasions.of(request, hazard, decision), tongue);
            shown.addAll(List.of(tongue, hazard, name(decision)));
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
        assertEquals(tongues.size() + hazards.size() + 6, shown.size());
        Golden.check("docs/refusals.md", page.toString());
    }

    /** Every second one is the commonest decision, the others take turns. */
    private static Decision decision(int i, Hazard hazard, List<Decision> decisions) {
        int round = i / 10;
        int other = 1 + (i / 2 + round) % 5;
        boolean counts = hazard == Hazard.EXTERNALISED_HARM;
        return decisions.get((i + round) % 2 == 0 ? 0 : other == 5 && !counts ? 6 : other);
    }

    private static String name(Decision decision) {
        return decision instanceof Decision.Refuse refuse
                ? refuse.kind().name().toLowerCase(Locale.ROOT)
                : decision.strength().name().toLowerCase(Locale.ROOT);
    }

    private static final String OPENING =
            """
            # Fifty refusals

            What the composer writes, for a person to read: every hazard, kind and language.
            First stands what was asked (the requests are the project's own; they name a harm
            and never say how it is done), then the whole of the reply. The kinds are `policy`,
            `capability`, `scope` and `conditional`; `hold` waits for a person, and after
            `condition` an answer did not meet the policy's terms. The build compares this page
            with the composer; `-Dgolden.update=true` writes it anew.
            """;
}
