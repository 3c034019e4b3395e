package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.record.policy.Statement.PolicyStatement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

/** Two documents that each may be signed, and that nobody could compare. */
class WideTest {

    private static final String ROLES = "roles 65\n";
    private static final String PURPOSES = "purposes 65\n";

    @TempDir Path folder = Path.of("");

    @Test
    void sixtyFiveRolesBecomeSixtyFivePurposesInTwoStepsNotInOne() throws Exception {
        try (Deployment at = new Deployment(folder.resolve("here"));
                Deployment elsewhere = new Deployment(folder.resolve("elsewhere"))) {
            at.sealed(ROLES);
            Draft draft =
                    at.keeper().draftPolicy("p", PURPOSES, Optional.of("new"), Optional.empty());
            Draft.Impossible impossible = assertInstanceOf(Draft.Impossible.class, draft);
            assertEquals("policy-document", impossible.problems().getFirst().code());
            assertEquals(
                    "with the policy in force it makes 16,465,680 cells; 1,000,000 can be compared",
                    impossible.problems().getFirst().message());
            // nor does it pass when two people sign a statement that was written by hand
            PolicyStatement here = (PolicyStatement) at.draft(ROLES + "posture 5\n");
            PolicyStatement there =
                    (PolicyStatement) elsewhere.begun("posture 5\n").draft(PURPOSES);
            Statement wide = wide(here, there);
            assertEquals("policy-document", rejected(at.hand(wide, "dan", "cleo")));
            activated(at.hand(at.draft("posture 5\n"), "dan"));
            activated(at.hand(at.draft(PURPOSES), "dan"));
            at.restart();
            assertEquals(5, at.posture());
        }
    }

    private static PolicyStatement wide(PolicyStatement here, PolicyStatement there) {
        return new PolicyStatement(
                here.serial(),
                here.replaces(),
                here.expires(),
                Optional.of("new"),
                there.table(),
                there.judges(),
                there.probes(),
                there.document());
    }
}
