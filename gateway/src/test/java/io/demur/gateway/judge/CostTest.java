package io.demur.gateway.judge;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.core.Role;
import io.demur.gateway.judge.Court.Who;
import io.demur.testkit.Repository;
import io.demur.testkit.asked.Asked;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Tool;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints what judging a request costs; asserts nothing about time. */
class CostTest {

    private static final int ROUNDS = 400;
    private static final int HISTORY = 400_000;

    @Test
    void printsWhatARequestCosts() throws IOException {
        assumeTrue(Boolean.getBoolean("thorough"), "timing is printed with -Dthorough=true");
        List<String> sources = sources();
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String source = sources.get(i);
            tools.add(
                    Court.tool("tool_" + i, source.substring(0, Math.min(1000, source.length()))));
        }
        try (Court court = new Court(Judges.quickAlone())) {
            for (int i = 0; i < 128; i++) {
                court.exchange(Who.STRICT, Court.call(Asked.corpus("harmful", 1).get(i)), "No.");
            }
            long[] again = new long[ROUNDS];
            List<Speech> history = new ArrayList<>();
            history.add(Speech.of(Role.SYSTEM, "You write programs with the tools you have."));
            history.add(Speech.of(Role.USER, "Find out why the build is slow and mend it."));
            int length = 0;
            for (int i = 0; length < HISTORY; i++) {
                length += step(history, i, sources.get(i % sources.size()));
            }
            long began = System.nanoTime();
            Hearing first = court.hear(Who.USUAL, Court.call(history, tools));
            assertTrue(!first.findings().readings().isEmpty());
            long whole = System.nanoTime() - began;
            first.answered(Reply.of("Well."));
            long findings = 0;
            for (int i = 0; i < ROUNDS; i++) {
                history.add(Speech.of(Role.ASSISTANT, "Well."));
                String source = sources.get(i % sources.size());
                String kilobyte = source.substring(0, Math.min(1000, source.length()));
                history.add(tool(i, kilobyte));
                began = System.nanoTime();
                Hearing hearing = court.hear(Who.USUAL, Court.call(history, tools));
                long heard = System.nanoTime();
                assertTrue(!hearing.findings().readings().isEmpty());
                again[i] = System.nanoTime() - began;
                findings += System.nanoTime() - heard;
                hearing.answered(Reply.of("Well."));
            }
            Arrays.sort(again);
            System.out.printf(
                    Locale.ROOT,
                    "400 kB first %.0f ms; with 1 kB more: median %.2f ms, 90th %.2f ms; of these"
                            + " judged %.2f ms%n",
                    whole / 1e6,
                    again[ROUNDS / 2] / 1e6,
                    again[ROUNDS * 9 / 10] / 1e6,
                    findings / 1e6 / ROUNDS);
            shorts(court);
        }
    }

    private static void shorts(Court court) {
        List<String> texts = Asked.corpus("benign", 0);
        long[] each = new long[1500];
        for (int i = 0; i < each.length; i++) {
            long began = System.nanoTime();
            assertTrue(!court.findings(Who.USUAL, Court.call(texts.get(i))).readings().isEmpty());
            each[i] = System.nanoTime() - began;
        }
        Arrays.sort(each);
        System.out.printf(
                Locale.ROOT,
                "short requests, 128 refusals remembered: median %.2f ms, 90th %.2f ms%n",
                each[each.length / 2] / 1e6,
                each[each.length * 9 / 10] / 1e6);
    }

    private static int step(List<Speech> history, int at, String result) {
        Part use = new Part.ToolUse("c" + at, "tool_1", "{\"path\":\"a/b\"}", Fields.NONE);
        history.add(new Speech(Role.ASSISTANT, "assistant", List.of(use), Fields.NONE));
        history.add(tool(at, result));
        return result.length();
    }

    private static Speech tool(int at, String result) {
        Part part =
                new Part.ToolResult(
                        "c" + at,
                        Optional.empty(),
                        List.of(Part.Text.of(result)),
                        false,
                        Fields.NONE);
        return new Speech(Role.TOOL, "tool", List.of(part), Fields.NONE);
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        Path folder = Repository.root().resolve("core/src/main/java");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
