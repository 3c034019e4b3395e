package io.demur.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.access.Caller.Denial;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Grant;
import io.demur.core.charter.Models;
import io.demur.core.charter.Models.Placement;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Tongue;
import io.demur.core.compose.Wording;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Stage;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From who asks to what the policy goes by. */
class CallerTest {

    private static final Optional<String> NO_PROMPT = Optional.empty();

    private static final Charter CHARTER =
            new Charter(
                    "desk",
                    Policy.of(
                            new Posture(5),
                            Policy.usual(),
                            new Axes(List.of("red-team"), List.of("audit"))),
                    Map.of(),
                    Optional.empty(),
                    List.of(
                            new Grant("red-team", Set.of("audit"), Set.of()),
                            new Grant(Axes.OTHER, Set.of(), Set.of(ModelClass.HOSTED))),
                    List.of(),
                    new Models(
                            Map.of(
                                    "gpt",
                                    new Placement(ModelClass.HOSTED, Optional.empty()),
                                    "llama*",
                                    new Placement(ModelClass.LOCAL, Optional.empty())),
                            ModelClass.LOCAL_UNALIGNED),
                    Wording.of(Map.of(Tongue.ENGLISH, Map.of())),
                    Settings.USUAL,
                    Optional.empty());

    private static Caller caller(String role, String purpose, Scope scope) {
        return new Caller(
                Optional.of("k"),
                "sub_ada",
                role,
                Optional.of("project"),
                Optional.of(purpose),
                scope,
                Limits.NONE);
    }

    @Test
    void aPurposeCountsOnlyWhereThePolicyGrantsItToTheRole() {
        assertEquals(
                new Context(ModelClass.LOCAL, "red-team", "audit", Stage.NONE),
                caller("red-team", "audit", Scope.ASKING).context(CHARTER, NO_PROMPT, "llama3"));
        assertEquals(
                new Context(ModelClass.HOSTED, Axes.OTHER, Axes.OTHER, Stage.NONE),
                caller("intern", "audit", Scope.ASKING).context(CHARTER, NO_PROMPT, "gpt"));
        assertEquals(
                new Context(ModelClass.LOCAL_UNALIGNED, "red-team", Axes.OTHER, Stage.NONE),
                caller("red-team", "peace", Scope.ASKING).context(CHARTER, NO_PROMPT, "new"));
    }

    @Test
    void aLocalModelNeedsAGrantLikeAnyOther() {
        Scope all = Scope.ASKING;
        check(Optional.empty(), "red-team", all, Operation.CHAT, "llama3");
        check(Optional.of(Denial.MODEL_CLASS), "intern", all, Operation.CHAT, "llama3");
        check(Optional.of(Denial.MODEL_CLASS), "intern", all, Operation.EMBED, "unheard-of");
        check(Optional.empty(), "intern", all, Operation.CHAT, "gpt");
    }

    @Test
    void theKeyAndThePolicyMustBothAllowIt() {
        Scope one = new Scope(EnumSet.of(Operation.CHAT), List.of("gpt"));
        check(Optional.empty(), "intern", one, Operation.CHAT, "gpt");
        check(Optional.of(Denial.OPERATION), "intern", one, Operation.EMBED, "gpt");
        check(Optional.of(Denial.MODEL), "red-team", one, Operation.CHAT, "llama3");
        Scope none = new Scope(EnumSet.of(Operation.CHAT), List.of());
        check(Optional.of(Denial.MODEL), "red-team", none, Operation.CHAT, "gpt");
    }

    private static void check(
            Optional<Denial> expected,
            String role,
            Scope scope,
            Operation operation,
            String model) {
        assertEquals(expected, caller(role, "audit", scope).denied(operation, model, CHARTER));
    }
}
