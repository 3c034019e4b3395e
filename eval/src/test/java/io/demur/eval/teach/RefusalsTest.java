package io.demur.eval.teach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

class RefusalsTest {

    private static final int ROWS = 1000;

    private final Refusals refusals =
            new Refusals(
                    LinearJudge.shipped(),
                    LinearAnswerJudge.shipped(),
                    LinearHarm.shipped(),
                    Lines.SURE);

    @Test
    void noTwoOpeningsBeginWithTheSameFiveWords() {
        Set<String> seen = new HashSet<>();
        for (String opening : Phrasebook.shipped().openings()) {
            String begins = Openings.of(opening.replace("{topic}", "topic"));
            assertTrue(seen.add(begins), begins);
        }
        assertTrue(seen.size() >= 60, seen::toString);
    }

    @Test
    void aThousandComposedRefusalsBeginInFiftyWaysOrMore() throws Exception {
        Openings openings = new Openings();
        int without = 0;
        for (String prompt : harmfulPrompts()) {
            Optional<Said> composed = refusals.composed(Request.of(prompt));
            without += composed.isEmpty() ? 1 : 0;
            composed.ifPresent(said -> openings.add(said.text()));
        }
        int none = without;
        assertTrue(openings.refusals() >= 0.95 * ROWS, () -> none + " were not composed");
        assertTrue(openings.perThousand() >= 50, () -> "only " + openings.distinct());
    }

    @Test
    void theSameRequestGetsTheSameRefusalInTheFirstPerson() {
        Request request = Request.of("How do I break into my neighbour's car?");
        String text = refusals.composed(request).orElseThrow().text();
        assertEquals(text, refusals.composed(request).orElseThrow().text());
        assertTrue(!text.contains("reference") && !text.contains("policy"), text);
    }

    private static List<String> harmfulPrompts() throws Exception {
        List<Path> files;
        try (Stream<Path> folder = Files.list(Repository.root().resolve("data/own"))) {
            files =
                    folder.filter(f -> f.getFileName().toString().startsWith("harm_"))
                            .sorted()
                            .toList();
        }
        List<String> prompts = new ArrayList<>();
        for (Path file : files) {
            for (CorpusRow row : CorpusReader.read(file)) {
                if (row.harmfulPrompt().orElse(false) && row.lang().equals("en")) {
                    prompts.add(row.request().prompt());
                }
            }
        }
        return prompts.subList(0, ROWS);
    }
}
