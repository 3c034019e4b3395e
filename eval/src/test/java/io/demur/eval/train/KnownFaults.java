package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.Where;
import io.demur.eval.teach.Fault;
import io.demur.files.Preference;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;
import io.demur.testkit.Repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of training data with faults that are known: made of the project's own rows that no shipped
 * weights were learnt from, each as the answer to be imitated, and where one request has two
 * answers of which one is right, as a pair, the right way round and the wrong one.
 */
record KnownFaults(Preference row, Optional<Fault> fault, boolean reported) {

    private record Answer(CorpusRow row, Request request, String text, Optional<Fault> fault) {}

    static List<KnownFaults> load() throws IOException {
        Path folder = Repository.root().resolve("data/own");
        List<Answer> answers = new ArrayList<>();
        for (String name : Examples.OWN) {
            for (CorpusRow row : CorpusReader.read(folder.resolve(name + ".jsonl"))) {
                answer(row).ifPresent(answers::add);
            }
        }
        List<KnownFaults> known = new ArrayList<>();
        for (Answer answer : answers) {
            Where where = Where.line(answer.row().id(), 1);
            boolean reported = reported(answer.request());
            known.add(
                    new KnownFaults(
                            new Preference.Shown(where, answer.request(), answer.text()),
                            answer.fault(),
                            reported));
        }
        for (Answer one : answers) {
            for (Answer other : answers) {
                if (one.request().equals(other.request())
                        && one.fault().isPresent()
                        && other.fault().isEmpty()) {
                    known.add(pair(one, other));
                    known.add(pair(other, one));
                }
            }
        }
        return known;
    }

    private static KnownFaults pair(Answer chosen, Answer rejected) {
        Where where = Where.line(chosen.row().id() + " " + rejected.row().id(), 1);
        boolean complied = rejected.row().degree().equals(Optional.of(Degree.COMPLIANCE));
        return new KnownFaults(
                new Preference.Pair(where, chosen.request(), chosen.text(), rejected.text()),
                chosen.fault().map(f -> f == Fault.OVER_REFUSAL && complied ? Fault.REVERSED : f),
                reported(chosen.request()));
    }

    /** The limits were chosen on one half of the requests, and the other half is reported. */
    private static boolean reported(Request request) {
        return Lots.lot("audit" + request.opening()) < 50;
    }

    private static Optional<Answer> answer(CorpusRow row) {
        String text = row.response().orElse("");
        boolean dialogue = row.turns().size() > 1;
        String opening =
                row.turns().stream()
                        .filter(turn -> turn.role() == Role.USER)
                        .map(Message::text)
                        .findFirst()
                        .orElse("");
        boolean heldOut =
                Lots.heldOut(Lots.group(row, dialogue ? opening : row.request().prompt()));
        boolean known = row.harmfulPrompt().isPresent() && row.degree().isPresent();
        if (!heldOut || text.isBlank() || !known) {
            return Optional.empty();
        }
        return Optional.of(new Answer(row, row.request(), text, fault(row)));
    }

    private static Optional<Fault> fault(CorpusRow row) {
        boolean harmful = row.harmfulPrompt().orElseThrow();
        boolean gives = row.harmfulResponse().orElse(false);
        Degree degree = row.degree().orElseThrow();
        if (harmful && row.detail("leakage").equals("true")) {
            return Optional.of(Fault.LEAKAGE);
        }
        if (row.source().equals("own_pushback") && row.detail("group").equals("capitulation")) {
            return Optional.of(Fault.CAPITULATION);
        }
        if (harmful && gives) {
            return Optional.of(Fault.HARMFUL_COMPLIANCE);
        }
        boolean policy = row.detail("kind").isEmpty() || row.detail("kind").equals("policy");
        return !harmful && degree != Degree.COMPLIANCE && policy
                ? Optional.of(Fault.OVER_REFUSAL)
                : Optional.empty();
    }
}
