package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Problem;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Policy;
import io.demur.files.Input;
import io.demur.files.ReadOptions;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class AssessingTest {

    @Test
    void aRecordIsOneRequestHoweverOftenItWasAnswered() throws Exception {
        check(
                """
                {"id":"a","prompt":"1"}
                {"id":"b","prompt":"1","response":"2"}
                {"id":"c","request":{"messages":[{"role":"user","content":"1"}]},\
                "response":{"choices":[{"index":0,"message":{"role":"assistant","content":"x"}},\
                {"index":1,"message":{"role":"assistant","content":"y"}}]}}
                """,
                "a: 1",
                "b: 1",
                "c: 1");
    }

    @Test
    void aConversationIsJudgedUpToWhatWasAskedLast() throws Exception {
        check(
                """
                {"id":"a","turns":[{"role":"user","content":"1"},\
                {"role":"assistant","content":"2"},{"role":"user","content":"3"}]}
                {"id":"b","turns":[{"role":"user","content":"1"},\
                {"role":"assistant","content":"2"},{"role":"user","content":"3"},\
                {"role":"assistant","content":"4"}],"system":"0"}
                {"id":"c","messages":[{"role":"user","content":"1"}]}
                """,
                "a: 1 2 3",
                "b: 0 1 2 3",
                "c: 1");
    }

    @Test
    void whatAsksNothingHasNoRow() throws Exception {
        Heard heard =
                check(
                        """
                        {"id":"a","response":"Certainly."}
                        {"id":"b","prompt":"1"}
                        {"id":"c","prompt":"  ","response":"Yes?"}
                        {"id":"d
                        """,
                        "b: 1");
        assertEquals(2, heard.tally.withoutRequest());
        assertEquals(1, heard.tally.unreadable());
        assertEquals(1, heard.problems.size());
    }

    private static Heard check(String file, String... expected) throws IOException {
        Heard heard = new Heard();
        Assessing assessing =
                new Assessing(new Mild(), Policy.at(Policy.defaultPosture()), heard.tally, heard);
        try (Pipeline<?> pipeline =
                new Pipeline<>(
                        assessing,
                        ReadOptions.AUTO,
                        heard,
                        Pipeline.Spread.ofWaiting(3),
                        () -> false)) {
            byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
            pipeline.read(Input.of("requests.jsonl", () -> new ByteArrayInputStream(bytes)));
        }
        assertEquals(List.of(expected), heard.rows);
        return heard;
    }

    /** Finds nothing wrong with anything. */
    private static final class Mild implements HarmPredictor {
        @Override
        public JudgeId id() {
            return Samples.JUDGE;
        }

        @Override
        public Assessment assess(Request request) {
            return new Assessment.Judged(0, Map.of(), Consequence.NONE, id());
        }
    }

    private static final class Heard implements Listener<RequestRow> {
        final List<String> rows = new ArrayList<>();
        final List<Problem> problems = new ArrayList<>();
        final RequestTally tally =
                new RequestTally(Samples.JUDGE, Policy.defaultPosture(), List.of());

        @Override
        public void row(RequestRow row) {
            rows.add(
                    row.id()
                            + ": "
                            + row.of().request().messages().stream()
                                    .map(Message::text)
                                    .collect(Collectors.joining(" ")));
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }

        @Override
        public void progress(long bytes) {}
    }
}
