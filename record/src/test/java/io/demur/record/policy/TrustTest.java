package io.demur.record.policy;

import static io.demur.record.policy.Deployment.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.log.note.VerifierKey;
import io.demur.record.policy.Principal.Role;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists of principals that nobody should sign, and what an entry of the log says of a key. */
class TrustTest {

    private static final Principal ANN = principal("ann", Set.of(Role.AUTHOR), "ann");

    private static Principal principal(String name, Set<Role> roles, String... keys) {
        List<VerifierKey> all = List.of(keys).stream().map(it -> key(it).verifier()).toList();
        return new Principal(name, roles, all);
    }

    private static void flaw(String flaw, Principal... principals) {
        Optional<String> found = new Trust(List.of(principals)).flaw();
        assertTrue(found.orElse("").contains(flaw), () -> "%s: %s".formatted(flaw, found));
    }

    @Test
    void aListNamesEachPrincipalOnceWithAKeyAndARoleOfTheirOwn() {
        assertEquals(Optional.empty(), new Trust(List.of(ANN)).flaw());
        flaw("the principal ` ` has no name", ANN, principal(" ", Set.of(Role.AUTHOR), "ben"));
        flaw("the principal `ann` has no name, or", ANN, principal("ann", Set.of(), "ben"));
        flaw("`ben` has no key, or no role", ANN, principal("ben", Set.of(Role.APPROVER)));
        flaw("`ben` has no key, or no role", ANN, principal("ben", Set.of(), "ben"));
        flaw("is listed twice", ANN, principal("ben", Set.of(Role.APPROVER), "ann"));
        flaw("is listed twice", ANN, principal("ben", Set.of(Role.APPROVER), "ben", "ben"));
        flaw("nobody is an author", principal("ben", Set.of(Role.APPROVER), "ben"));
        flaw("nobody is an author");
    }

    @Test
    void theKeyOfAWitnessSignsNoPolicies() throws Exception {
        VerifierKey witness =
                VerifierKey.of("w", VerifierKey.Type.COSIGNATURE, key("w").verifier().key());
        flaw(
                "the key `%s` is none that signs policies".formatted(witness),
                new Principal("ann", Set.of(Role.AUTHOR), List.of(witness)));
    }

    @Test
    void anEntryNamesAKeyByItsNameOnlyWhereThatIsPlain() {
        VerifierKey plain = key("ann").verifier();
        VerifierKey other = key("Évà").verifier();
        assertEquals("ann+" + plain.hexId(), Trust.named(plain));
        assertEquals("key+" + other.hexId(), Trust.named(other));
    }

    @Test
    void aVersionIsBelievedOrSomethingIsWrongWithIt() {
        assertThrows(IllegalArgumentException.class, () -> version(List.of()));
        Version lost = version(List.of(Problem.at(Where.file("f"), "policy-file", "it is lost")));
        assertFalse(lost.believed());
    }

    private static Version version(List<Problem> problems) {
        return new Version(
                "a".repeat(64),
                Instant.EPOCH,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                problems);
    }
}
