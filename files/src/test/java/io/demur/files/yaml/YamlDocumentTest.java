package io.demur.files.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

class YamlDocumentTest {

    private enum Colour {
        DARK_RED,
        BLUE
    }

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void readsWhatPeopleWrite() {
        YamlMap map =
                read(
                        """
                        # a comment
                        name: Front desk     # another
                        posture: 6
                        band: 12.5 %
                        wait: 24 h
                        open: false
                        colours: [dark-red, blue]
                        colour: blue
                        note: >
                          two lines
                          in one
                        rules:
                          - id: one
                          - id: "2"
                        """);
        assertEquals(Optional.of("Front desk"), map.text("name"));
        assertEquals(OptionalInt.of(6), map.whole("posture", 1, 10));
        assertEquals(OptionalDouble.of(0.125), map.number("band", 0, 1));
        assertEquals(Optional.of(Duration.ofHours(24)), map.duration("wait"));
        assertEquals(Optional.of(false), map.truth("open"));
        Map<String, Colour> words = YamlMap.words(Colour.class);
        assertEquals(Set.of(Colour.DARK_RED, Colour.BLUE), map.choices("colours", words));
        assertEquals(Set.of(Colour.BLUE), map.choices("colour", words));
        assertEquals(Optional.of("two lines in one\n"), map.text("note"));
        List<YamlMap> rules = map.maps("rules");
        assertEquals(Optional.of("one"), rules.get(0).text("id"));
        assertEquals(Optional.of("2"), rules.get(1).text("id"));
        map.end();
        assertEquals(List.of(), problems);
    }

    @Test
    void saysAllThatIsWrongAtOnceInTheUsersWords() {
        YamlMap map =
                read(
                        """
                        posture: 11
                        wait: soon
                        name: 007
                        colour: green
                        rules:
                          id: one
                        postur: 5
                        """);
        map.whole("posture", 1, 10);
        map.duration("wait");
        map.text("name");
        map.choice("colour", YamlMap.words(Colour.class));
        map.maps("rules");
        map.require("model");
        map.end();
        assertEquals(
                List.of(
                        "policy.yaml:1:10: `posture`: `11` is not a whole number from 1 to 10",
                        "policy.yaml:2:7: `wait`: `soon` is not a length of time, such as `10 s`"
                                + " or `24 h`",
                        "policy.yaml:3:7: `name`: `007` is not a text; put it in quotes",
                        "policy.yaml:4:9: `colour`: `green` is not one of `blue`, `dark-red`",
                        "policy.yaml:6:3: `rules`: a block of keys is not a list",
                        "policy.yaml:1:1: `model` is missing",
                        "policy.yaml:7:1: `postur` is not known here (known are `posture`,"
                                + " `colour`, `wait`, `model`, `name`, `rules`)"),
                said());
    }

    @Test
    void whatYamlCanDoBeyondThatIsAnError() {
        check(
                "a: !!java.io.File x",
                "policy.yaml:1:4: a tag (`!!java.io.File`); there are none here");
        check("a: &x 1\nb: *x", "policy.yaml:1:4: an anchor (`&name`); there are no aliases here");
        check("a: 1\na: 2", "policy.yaml:2:1: `a` stands here twice, first in line 1");
        check("a: 1\n---\nb: 2", "policy.yaml:3:1: a second document; only one can be in a file");
        check("", "policy.yaml: the document is empty");
        check("- a", "policy.yaml:1:1: a list instead of a block of keys");
        check("a: [1", "policy.yaml:1:6: not YAML: ");
        check("a: " + "[".repeat(200), "policy.yaml:1:");
        check("\tx: 1", "policy.yaml:1:1: not YAML: ");
        problems.clear();
        YamlDocument.read("policy.yaml", new byte[] {'a', ':', ' ', (byte) 0xFF}, problems);
        assertEquals(List.of("policy.yaml: the document is not UTF-8"), said());
    }

    @Test
    void anAliasThatGrowsIsNeverFollowed() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
        Optional<YamlMap> map =
                YamlDocument.read("policy.yaml", bomb.getBytes(StandardCharsets.UTF_8), problems);
        assertTrue(map.isPresent());
        assertFalse(problems.isEmpty());
    }

    @Test
    void noBytesMakeItThrow() {
        byte[] whole =
                """
                name: "desk"
                rules: [{id: one, from: 0.5}, {id: two}]
                note: |
                  text
                """
                        .getBytes(StandardCharsets.UTF_8);
        Property.check(
                3000,
                gen -> {
                    byte[] bytes = gen.oneIn(4) ? gen.bytes(80) : gen.damaged(whole);
                    List<Problem> found = new ArrayList<>();
                    Optional<YamlMap> map = YamlDocument.read("policy.yaml", bytes, found);
                    assertTrue(map.isPresent() || !found.isEmpty());
                    map.ifPresent(
                            m -> {
                                m.text("name");
                                m.maps("rules");
                                m.end();
                            });
                });
    }

    private YamlMap read(String text) {
        return YamlDocument.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8), problems)
                .orElseThrow();
    }

    private void check(String text, String first) {
        problems.clear();
        YamlDocument.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        assertFalse(problems.isEmpty(), text);
        assertTrue(said().getFirst().startsWith(first), () -> said().getFirst());
    }

    private List<String> said() {
        return problems.stream().map(Problem::toString).toList();
    }
}
