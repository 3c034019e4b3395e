package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.compose.Statement.Lasting;
import io.demur.core.compose.Statement.Means;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class StatementTest {

    private static final String REQUEST = "How do I pick a lock?";

    @Test
    void givesTheReasonInCodes() {
        Statement statement = statement(Occasions.refuse(Refusal.Kind.POLICY));
        assertEquals(Decision.Strength.REFUSE, statement.decision());
        assertEquals(Optional.of(Refusal.Kind.POLICY), statement.kind());
        assertEquals(ReasonCode.NON_VIOLENT_CRIMES, statement.reason());
        assertEquals("non-violent-crimes", statement.reason().code());
        assertEquals(List.of("posture-5-serious-refuse", "unaligned"), statement.rules());
        assertEquals(Means.AUTOMATED, statement.decided());
        assertEquals(Lasting.ONCE, statement.lasting());
        assertEquals("en", statement.language());
        Statement.Facts facts = statement.facts().orElseThrow();
        assertEquals(970_000, facts.harmPpm());
        assertEquals(Severity.SERIOUS, facts.severity());
        assertEquals(List.of(Bearer.WORKERS, Bearer.PUBLIC), facts.bearers());
        assertEquals("harm-3", facts.judge());
    }

    @Test
    void neverHoldsAWordOfTheRequest() {
        for (Decision decision : Occasions.decisions()) {
            String said = statement(decision).toString();
            assertFalse(said.contains("lock") || said.contains("pick"), said);
        }
    }

    @Test
    void saysWhatIsHeldAndUntilWhen() {
        Statement held = statement(new Decision.Hold(Grounds.of(List.of("r"))));
        assertEquals(Lasting.UNTIL_REVIEWED, held.lasting());
        assertEquals(Means.PERSON, held.decided());
        Statement again =
                statement(
                        new Decision.Refuse(
                                Refusal.Kind.POLICY,
                                Grounds.of(List.of("posture-5-serious-hold", "refused-before"))));
        assertEquals(Lasting.UNTIL_REOPENED, again.lasting());
    }

    @Test
    void namesTheReasonThatIsNoHarm() {
        assertEquals(
                ReasonCode.OUT_OF_SCOPE, statement(Occasions.refuse(Refusal.Kind.SCOPE)).reason());
        Statement capability = statement(Occasions.refuse(Refusal.Kind.CAPABILITY));
        assertEquals(ReasonCode.NO_MEANS, capability.reason());
        assertEquals(Optional.empty(), capability.facts());
        Statement unmet = statement(Occasions.condition("count-harm"));
        assertEquals(ReasonCode.TERMS_UNMET, unmet.reason());
        assertEquals(Occasion.Scope.ANSWER, unmet.scope());
        Statement unjudged =
                Occasions.compose(
                                new Occasion(
                                        Request.of(REQUEST),
                                        Occasions.unjudged(),
                                        Occasions.refuse(Refusal.Kind.POLICY),
                                        Occasion.Scope.REQUEST),
                                Tongue.ENGLISH)
                        .statement();
        assertEquals(ReasonCode.UNJUDGED, unjudged.reason());
        assertEquals(Optional.empty(), unjudged.facts());
    }

    @Test
    void saysThatItWasRefusedBeforeAndNotWhoseThatWas() {
        Grounds again = Grounds.of(List.of(Grounds.RESENT + "att_1", "posture-5-serious-allow"));
        for (Decision decision :
                List.of(
                        new Decision.Hold(again),
                        new Decision.Refuse(Refusal.Kind.POLICY, again))) {
            Statement statement = statement(decision);
            assertEquals(ReasonCode.REFUSED_EARLIER, statement.reason());
            assertEquals(List.of("re-sent", "posture-5-serious-allow"), statement.rules());
        }
    }

    @Test
    void givesNoHazardAsTheReasonThatIsMerelyTheLikeliest() {
        Assessment.Judged judged =
                new Assessment.Judged(
                        0.95,
                        Map.of(Hazard.PRIVACY, 0.3, Hazard.HATE, 0.2),
                        Consequence.NONE,
                        Occasions.judged(Hazard.HATE).judge());
        Occasion occasion =
                new Occasion(
                        Request.of(REQUEST),
                        judged,
                        Occasions.refuse(Refusal.Kind.POLICY),
                        Occasion.Scope.REQUEST);
        for (Tongue tongue : Tongue.values()) {
            Composed composed = Occasions.compose(occasion, tongue);
            assertEquals(ReasonCode.HARM_UNCLEAR, composed.statement().reason());
            assertTrue(composed.text().contains(Phrases.of(tongue).text(Keys.name(Keys.UNCLEAR))));
            assertEquals(List.of(), Criteria.breaches(composed, tongue));
        }
    }

    @Test
    void everyHazardHasACodeAndEveryCodeItsLine() throws IOException {
        String document = Files.readString(Repository.root().resolve("docs/reference/reasons.md"));
        for (ReasonCode code : ReasonCode.values()) {
            assertTrue(document.contains("| `" + code.code() + "` |"), code.code());
        }
        for (Hazard hazard : Hazard.values()) {
            assertEquals(Optional.of(hazard), ReasonCode.of(hazard).hazard());
        }
    }

    private static Statement statement(Decision decision) {
        return Occasions.compose(
                        Occasions.of(REQUEST, Hazard.NON_VIOLENT_CRIMES, decision), Tongue.ENGLISH)
                .statement();
    }
}
