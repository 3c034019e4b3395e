package io.demur.files.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Expansion;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Any bytes are a policy or have problems: {@code -Dtries=100000} for a long night. */
class PolicyFileFuzzTest {

    private static final int TRIES = 1_000;

    private static byte[] seed(String name) throws IOException {
        return Files.readAllBytes(Repository.root().resolve(name));
    }

    @Test
    void damagedDocuments() throws IOException {
        List<byte[]> seeds =
                List.of(
                        seed("examples/policies/help-desk.yaml"),
                        seed("files/src/test/resources/policy/whole.yaml"),
                        seed("files/src/test/resources/policy/wrong.yaml"));
        Property.check(TRIES, gen -> check(gen.damaged(gen.oneOf(seeds))));
    }

    @Test
    void linesOfDocumentsInAnyOrder() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("whole.yaml", "wrong.yaml")) {
            String text =
                    new String(
                            seed("files/src/test/resources/policy/" + name),
                            StandardCharsets.UTF_8);
            lines.addAll(Arrays.asList(text.split("\n", -1)));
        }
        Property.check(
                TRIES,
                gen -> {
                    StringBuilder text = new StringBuilder("policy: 1\nname: x\nposture: 5\n");
                    for (int i = gen.between(0, 12); i > 0; i--) {
                        text.append(line(gen, lines)).append('\n');
                    }
                    check(text.toString().getBytes(StandardCharsets.UTF_8));
                });
    }

    private static String line(Gen gen, List<String> lines) {
        String line = gen.oneOf(lines);
        return gen.oneIn(6) ? line.substring(0, gen.between(0, line.length())) : line;
    }

    @Test
    void anyBytes() {
        Property.check(TRIES, gen -> check(gen.bytes(200)));
    }

    private static void check(byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> read = PolicyFile.read("p.yaml", bytes, problems);
        assertEquals(read.isPresent(), problems.isEmpty());
        for (Problem problem : problems) {
            assertFalse(problem.message().isBlank());
            assertEquals("p.yaml", problem.where().file());
        }
        // what was read has its bytes, twice the same
        read.ifPresent(it -> assertEquals(64, Expansion.digest(it).length()));
    }
}
