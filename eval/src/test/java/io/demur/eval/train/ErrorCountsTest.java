package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Labels;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ErrorCountsTest {

    private static final String SHA256 = "a".repeat(64);

    @Test
    void countsEachPlaceApart() {
        List<HeldOut.Reply> replies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            replies.add(reply("xstest", "gpt-4", "p" + i, true, i < 30));
            replies.add(reply("xstest", "gpt-4", "q" + i, false, i < 4));
            // twenty answers to one request say little more than one
            replies.add(reply("gptfuzz", "", "r" + i / 20, true, i < 20));
        }
        List<String> lines =
                ErrorCounts.file(SHA256, replies)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertEquals(2, lines.size());
        String[] fuzz = lines.get(0).split("\t", -1);
        assertEquals("gptfuzz", fuzz[1]);
        assertEquals("any", fuzz[4]);
        assertTrue(Double.parseDouble(fuzz[9]) <= 2, lines.get(0));
        String[] xstest = lines.get(1).split("\t", -1);
        assertEquals(
                List.of(SHA256, "xstest", "gpt-4", "gpt-4", "harmful", "30", "10", "4", "36"),
                List.of(xstest).subList(0, 9));
        // forty replies to as many prompts, less what so few leave uncertain
        assertEquals(38, Double.parseDouble(xstest[9]), 2);
    }

    private static HeldOut.Reply reply(
            String source, String model, String group, boolean refused, boolean said) {
        return new HeldOut.Reply(
                source,
                model,
                "asked",
                "answered",
                group,
                Optional.of(Labels.Prompt.HARMFUL),
                refused,
                false,
                said,
                true);
    }
}
