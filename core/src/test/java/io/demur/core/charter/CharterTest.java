package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Stage;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CharterTest {

    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> AUDIT = Optional.of(Draft.PURPOSE);
    private static final Optional<String> TUTOR = Optional.of("c".repeat(64));

    @Test
    void aPurposeCountsOnlyWhereSomethingGivesIt() {
        Charter charter = Draft.full().charter();
        // `other` has a grant for it, and the red team has a grant without one
        check(charter, "intern", AUDIT, NONE, Axes.OTHER, Draft.PURPOSE);
        check(charter, "", AUDIT, NONE, Axes.OTHER, Draft.PURPOSE);
        check(charter, Draft.ROLE, AUDIT, NONE, Draft.ROLE, Axes.OTHER);
        check(charter, Draft.ROLE, NONE, TUTOR, Draft.ROLE, Draft.PURPOSE);
        check(charter, Draft.ROLE, AUDIT, TUTOR, Draft.ROLE, Draft.PURPOSE);
        check(charter, "intern", Optional.of("peace"), NONE, Axes.OTHER, Axes.OTHER);
        check(charter, "intern", NONE, Optional.of("d".repeat(64)), Axes.OTHER, Axes.OTHER);
        check(charter, "intern", NONE, NONE, Axes.OTHER, Axes.OTHER);
        Charter bare = new Draft().charter();
        assertEquals(
                new Context(ModelClass.LOCAL_UNALIGNED, Draft.ROLE, Axes.OTHER, Stage.NONE),
                bare.context(Draft.ROLE, AUDIT, TUTOR, "gpt"));
    }

    private static void check(
            Charter charter,
            String role,
            Optional<String> declared,
            Optional<String> prompt,
            String knownRole,
            String knownPurpose) {
        assertEquals(
                new Context(ModelClass.HOSTED, knownRole, knownPurpose, Stage.NONE),
                charter.context(role, declared, prompt, "gpt"));
    }

    @Test
    void whatTheRoleMayDeclareGoesBeforeThePrompt() {
        Draft draft = Draft.full();
        draft.purposes.add("research");
        draft.grants.put(Axes.OTHER, new Grant(Axes.OTHER, Set.of("research"), Set.of()));
        Charter charter = draft.charter();
        assertEquals(
                "research", charter.context("x", Optional.of("research"), TUTOR, "gpt").purpose());
        assertEquals(Draft.PURPOSE, charter.context("x", AUDIT, TUTOR, "gpt").purpose());
    }

    @Test
    void aRoleWithoutAGrantMayAskAllClasses() {
        Charter charter = Draft.full().charter();
        assertTrue(charter.mayAsk(Draft.ROLE, ModelClass.HOSTED));
        assertFalse(charter.mayAsk(Draft.ROLE, ModelClass.LOCAL));
        for (ModelClass model : ModelClass.values()) {
            assertTrue(charter.mayAsk("intern", model));
            assertTrue(new Draft().charter().mayAsk(Draft.ROLE, model));
        }
    }

    @Test
    void theLongestNameThatFitsPlacesAModel() {
        Map<String, Models.Placement> placed =
                Map.of(
                        "llama*", place(ModelClass.LOCAL),
                        "llama-3*", place(ModelClass.HOSTED),
                        "llama-3-free", place(ModelClass.LOCAL_UNALIGNED));
        Models models = new Models(placed, ModelClass.HOSTED);
        assertEquals(ModelClass.LOCAL, models.of("llama").model());
        assertEquals(ModelClass.LOCAL, models.of("llama-2").model());
        assertEquals(ModelClass.HOSTED, models.of("llama-3").model());
        assertEquals(ModelClass.LOCAL_UNALIGNED, models.of("llama-3-free").model());
        assertEquals(ModelClass.HOSTED, models.of("llama-3-free\0x").model());
        assertEquals(ModelClass.HOSTED, models.of("llama-3-freedom").model());
        assertEquals(ModelClass.HOSTED, models.of("").model());
        assertEquals(ModelClass.LOCAL_UNALIGNED, Models.NONE.of("gpt").model());
        // a caller who asks for a pattern has asked for no model of that name
        assertEquals(ModelClass.LOCAL, models.of("llama*").model());
    }

    @Test
    void whatStandsThereTwiceIsNoCharter() {
        Charter one = Draft.full().charter();
        Grant grant = one.grants().getFirst();
        RegisteredPrompt prompt = one.prompts().getFirst();
        RegisteredPrompt same = new RegisteredPrompt("two", prompt.sha256(), "x");
        assertThrows(
                IllegalArgumentException.class,
                () -> with(one, List.of(grant, grant), one.prompts()));
        assertThrows(
                IllegalArgumentException.class,
                () -> with(one, one.grants(), List.of(prompt, same)));
    }

    private static Charter with(Charter one, List<Grant> grants, List<RegisteredPrompt> prompts) {
        return new Charter(
                one.name(),
                one.policy(),
                one.because(),
                one.scope(),
                grants,
                prompts,
                one.models(),
                one.wording(),
                one.settings(),
                one.envelope());
    }

    @Test
    void theExpansionOfTwoThatDifferDiffers() {
        Set<String> digests = new HashSet<>();
        digests.add(Expansion.digest(Draft.full().charter()));
        for (OneChange one : OneChange.all()) {
            Draft changed = Draft.full();
            one.change().accept(changed);
            assertTrue(digests.add(Expansion.digest(changed.charter())), one::toString);
            assertEquals(
                    Expansion.digest(changed.charter()),
                    Expansion.digest(changed.copy().charter()));
        }
        Draft stricter = Draft.full();
        stricter.posture = 6;
        assertTrue(digests.add(Expansion.digest(stricter.charter())));
        Draft without = Draft.full();
        without.rules.clear();
        assertTrue(digests.add(Expansion.digest(without.charter())));
    }

    @Test
    void theOrderOfWhatHasNoneIsNoMatterToTheExpansion() {
        Charter one = Draft.full().charter();
        Charter other = with(one, one.grants().reversed(), one.prompts().reversed());
        assertEquals(Expansion.digest(one), Expansion.digest(other));
    }

    private static Models.Placement place(ModelClass model) {
        return new Models.Placement(model, Optional.empty());
    }
}
