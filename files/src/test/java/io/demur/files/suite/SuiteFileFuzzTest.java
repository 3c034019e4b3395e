package io.demur.files.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.demur.core.Problem;
import io.demur.core.suite.Suite;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any bytes are a suite or have problems: {@code -Dtries=100000} for a long night. */
class SuiteFileFuzzTest {

    private static final int TRIES = 1_000;

    private static final List<String> SEEDS =
            List.of(
                    "whole.yaml",
                    "wrong.yaml",
                    "rows.csv",
                    "rows.jsonl",
                    "published/xstest_prompts.csv",
                    "published/question.jsonl",
                    "published/coconot_eval.jsonl");

    @Test
    void damagedFiles() {
        Property.check(
                TRIES,
                gen -> {
                    String seed = gen.oneOf(SEEDS);
                    check(gen, seed, gen.damaged(Reading.bytes(seed)));
                });
    }

    @Test
    void anyBytesUnderAnyName() {
        Property.check(TRIES, gen -> check(gen, gen.oneOf(SEEDS), gen.bytes(200)));
    }

    private static void check(Gen gen, String file, byte[] bytes) {
        Optional<String> format =
                gen.oneIn(3)
                        ? Optional.of(gen.oneOf(List.copyOf(SuiteFile.formats().keySet())))
                        : Optional.empty();
        List<Problem> problems = new ArrayList<>();
        Optional<Suite> read = SuiteFile.read(file, bytes, format, problems);
        assertEquals(read.isPresent(), problems.isEmpty());
        for (Problem problem : problems) {
            assertFalse(problem.message().isBlank());
            assertEquals(file, problem.where().file());
        }
        read.ifPresent(it -> assertFalse(it.cases().isEmpty()));
    }
}
