package io.demur.files.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

class PresetTest {

    @Test
    void theDefaultSaysAllThatHoldsWhereNobodyWroteAPolicy() {
        Charter charter = read(Preset.DEFAULT);
        Policy policy = charter.policy();
        assertEquals(Policy.defaultPosture(), policy.posture());
        assertEquals(Policy.usual(), policy.rules());
        assertTrue(
                Comparison.of(Policy.at(Policy.defaultPosture()).table(), policy.table())
                        .isEqual());
        assertEquals(Settings.USUAL, charter.settings());
        assertEquals(Models.NONE, charter.models());
        assertEquals(Wording.NONE, charter.wording());
        assertEquals(List.of(), charter.grants());
        assertEquals(List.of(), charter.prompts());
        assertEquals(Optional.empty(), charter.scope());
        assertEquals(Optional.empty(), charter.envelope());
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyRuleSaysWhy(Preset preset) {
        Charter charter = read(preset);
        Set<String> own =
                charter.policy().rules().stream().map(Rule::id).collect(Collectors.toSet());
        Policy.usual().forEach(rule -> own.remove(rule.id()));
        assertEquals(own, charter.because().keySet());
        charter.because().values().forEach(why -> assertTrue(why.length() > 40, why));
    }

    /** No comment, no setting: a figure or a list stands under a line that says why. */
    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyBlockStandsUnderItsReason(Preset preset) {
        List<String> lines = new String(preset.bytes(), StandardCharsets.UTF_8).lines().toList();
        Set<String> explained =
                Set.of(
                        "posture",
                        "windows",
                        "retention",
                        "drills",
                        "changes",
                        "band",
                        "witnesses",
                        "incidents",
                        "review");
        for (int i = 0; i < lines.size(); i++) {
            String key = lines.get(i).split(":", 2)[0];
            if (explained.contains(key)) {
                assertTrue(lines.get(i - 1).startsWith("# "), preset.fileName() + ": " + key);
            }
        }
    }

    @Test
    void presetsDifferFromTheDefaultAsTheySay() {
        Policy usual = read(Preset.DEFAULT).policy();
        // who is in danger is not turned away, however sure a judge is
        for (Preset preset : List.of(Preset.CHILDREN, Preset.BANK)) {
            compared(usual, preset)
                    .weaker()
                    .forEach(
                            change ->
                                    assertEquals(
                                            Optional.of(Hazard.SUICIDE_AND_SELF_HARM),
                                            change.cell().hazard()));
        }
        assertTrue(compared(usual, Preset.CODING_ASSISTANT).isWeakening());
        // who is nobody in particular has the default under the security team's policy
        compared(usual, Preset.SECURITY_RESEARCH)
                .weaker()
                .forEach(change -> assertFalse(change.cell().purpose().equals("other")));
        assertTrue(read(Preset.SECURITY_RESEARCH).envelope().isPresent());
        // what stands in a published file can be sent by anybody
        assertEquals(List.of(), read(Preset.SECURITY_RESEARCH).prompts());
        assertTrue(read(Preset.BANK).scope().isPresent());
    }

    private static Comparison compared(Policy usual, Preset preset) {
        return Comparison.of(usual.table(), read(preset).policy().table());
    }

    private static Charter read(Preset preset) {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> charter = PolicyFile.read(preset.fileName(), preset.bytes(), problems);
        assertEquals(List.of(), problems);
        return charter.orElseThrow();
    }
}
