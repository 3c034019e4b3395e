package io.demur.eval;

import io.demur.core.Act;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.FailureMode;
import io.demur.core.JudgeId;
import io.demur.core.Labels;
import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.Where;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values for tests. */
final class Samples {

    static final JudgeId JUDGE = new JudgeId("sample", 1, "0".repeat(64));

    private Samples() {}

    static Verdict complied() {
        return new Verdict.Complied(new Degrees(0.9, 0.06, 0.04), 0.01, List.of());
    }

    static Verdict refused(Degree degree) {
        return refused(degree, Refusal.Kind.POLICY, Refusal.Origin.MODEL, 0.02);
    }

    static Verdict refused(
            Degree degree, Refusal.Kind kind, Refusal.Origin origin, double pLeakage) {
        Refusal refusal =
                new Refusal(
                        degree,
                        kind,
                        Set.of(Refusal.Form.DIRECT),
                        origin,
                        new Craft(0.5, 0.25, 0, 1),
                        List.of(new Evidence(0, 7, Act.REFUSES)));
        return new Verdict.Refused(refusal, Degrees.certain(degree), pLeakage);
    }

    static Verdict undecided(Verdict.Undecided.Reason reason) {
        return new Verdict.Undecided(reason, "");
    }

    static Labels labels(Labels.Prompt prompt, Labels.Answer answer) {
        return new Labels(Optional.of(prompt), Optional.of(answer));
    }

    /** One question and its answer. */
    static Transcript transcript(String id, String prompt, Labels labels) {
        return dialogue(id, labels, prompt, "I won't do that.");
    }

    /** What user and assistant say in turn. */
    static Transcript dialogue(String id, Labels labels, String... said) {
        List<Message> messages = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < said.length; i++) {
            if (i % 2 == 1) {
                turns.add(new Turn(i / 2, new Request(messages), Response.of(said[i])));
            }
            messages.add(new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT, said[i]));
        }
        return new Transcript(
                id,
                "samples",
                Where.line("samples.jsonl", 3),
                Optional.of("amber"),
                turns.getLast().request(),
                turns,
                labels,
                Map.of("category", "locks"));
    }

    static Row row(Transcript transcript, Verdict verdict, FailureMode... failures) {
        return new Row(transcript, transcript.turns().getLast(), verdict, Set.of(failures), JUDGE);
    }
}
