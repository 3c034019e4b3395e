package io.demur.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What keys are good for. */
class ScopeTest {

    @Test
    void aStarStandsForAnythingAndNothingElseDoes() {
        check("llama3:8b", "llama3:8b", true);
        check("llama3:8b", "llama3:8", false);
        check("llama3:8b", "Llama3:8b", false);
        check("llama3:*", "llama3:8b", true);
        check("llama3:*", "llama3:", true);
        check("llama3:*", "llama3", false);
        check("*-coder", "qwen2.5-coder", true);
        check("*-coder", "qwen2.5-coder:7b", false);
        check("*a*b*", "xxaxxbxx", true);
        check("*a*b*", "xxbxxaxx", false);
        check("*", "", true);
        check("a.b", "axb", false);
        check("[a]", "a", false);
        check("?", "a", false);
    }

    @Test
    void patternsAgreeWithAPlainerMatcher() {
        Property.check(
                5_000,
                gen -> {
                    StringBuilder pattern = new StringBuilder();
                    StringBuilder name = new StringBuilder();
                    for (int i = gen.between(1, 8); i > 0; i--) {
                        pattern.append(gen.oneOf(List.of("*", "a", "b", ".", "ab")));
                    }
                    for (int i = gen.between(0, 10); i > 0; i--) {
                        name.append(gen.oneOf(List.of("a", "b", ".", "c")));
                    }
                    String regex =
                            pattern.chars()
                                    .mapToObj(Character::toString)
                                    .map(c -> c.equals("*") ? ".*" : Pattern.quote(c))
                                    .reduce("", String::concat);
                    check(
                            pattern.toString(),
                            name.toString(),
                            Pattern.matches(regex, name.toString()));
                });
    }

    @Test
    void aLongNameOfOneLetterIsNoTrap() {
        check("*a".repeat(50) + "*b", "a".repeat(5_000), false);
    }

    @Test
    void nothingIsGrantedByLeavingItOut() {
        Scope none = new Scope(EnumSet.of(Operation.CHAT), List.of());
        assertFalse(none.reaches("llama3"));
        assertTrue(none.allows(Operation.CHAT));
        assertFalse(none.allows(Operation.METRICS));
        assertFalse(Scope.ASKING.allows(Operation.METRICS));
        assertThrows(IllegalArgumentException.class, () -> new Scope(Set.of(), List.of("*")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Scope(EnumSet.of(Operation.CHAT), List.of(" x")));
        assertEquals(
                new Scope(EnumSet.of(Operation.CHAT), List.of("a", "b")),
                new Scope(EnumSet.of(Operation.CHAT), List.of("b", "a", "b")));
    }

    @Test
    void operationsAreReadBackFromTheirWords() {
        for (Operation each : Operation.values()) {
            assertEquals(each, Operation.of(each.word()).orElseThrow());
        }
        assertTrue(Operation.of("CHAT").isEmpty());
    }

    private static void check(String pattern, String name, boolean expected) {
        assertEquals(
                expected,
                new Scope(EnumSet.of(Operation.CHAT), List.of(pattern)).reaches(name),
                () -> pattern + " on " + name);
    }
}
