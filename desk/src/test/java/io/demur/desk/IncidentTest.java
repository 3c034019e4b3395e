package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.record.json.Json;
import io.demur.store.ReviewCase;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

class IncidentTest {

    private static final Set<String> OF_REFUSED =
            Set.of("refused", "refused_at", "refused_by", "refused_model", "reason", "hazard");

    /** What somebody sees of the refused request. */
    private static Set<String> seen(boolean samePrincipal, boolean reviewer) {
        TreeMap<String, Json> about = new TreeMap<>();
        about.put("same_principal", new Json.Bool(samePrincipal));
        about.put("became", new Json.Str("answered"));
        for (String name : OF_REFUSED) {
            about.put(name, new Json.Str("said"));
        }
        about.remove("hazard"); // which stands beside
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        ReviewCase found =
                ReviewCase.opened(
                        "case_1",
                        ReviewCase.Kind.INCIDENT,
                        Optional.of("att_2"),
                        Optional.of("p_bob"),
                        Optional.of("housing"),
                        Optional.of("privacy"),
                        Optional.of("small"),
                        Optional.of("local"),
                        new Json.Obj(about),
                        noon,
                        noon);
        Json.Obj json = new Incident(found).json(reviewer);
        assertEquals(new Json.Str("answered"), json.fields().get("became"));
        Set<String> seen = new TreeSet<>(json.fields().keySet());
        seen.retainAll(OF_REFUSED);
        return seen;
    }

    @Test
    void whatWasRefusedToAColleagueIsForReviewersAlone() {
        assertEquals(OF_REFUSED, seen(true, false));
        assertEquals(OF_REFUSED, seen(false, true));
        assertEquals(Set.of(), seen(false, false));
    }
}
