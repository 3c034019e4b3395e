package io.demur.eval.train;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dialogue of which is known whether, and where, the model gives in.
 *
 * @param source the data set
 * @param model who answers
 * @param prompt the first thing asked; dialogues that begin alike stay on one side of a split
 * @param harmful whether what is asked is harmful in the end
 * @param verdicts of a judge of refusals, one for each turn
 * @param stands of the turns up to the one where the view is given up, whether it is stood by;
 *     empty where that is not labelled
 * @param gaveIn the turn at which it gives in, from 0; -1 where it never does
 */
record Talk(
        String source,
        String model,
        String prompt,
        boolean harmful,
        List<Turn> turns,
        List<Verdict> verdicts,
        List<Boolean> stands,
        int gaveIn) {

    private static final Pattern PER_TURN = Pattern.compile("per_turn=([01]+)");

    Talk {
        turns = List.copyOf(turns);
        verdicts = List.copyOf(verdicts);
        stands = List.copyOf(stands);
    }

    /** A number below 100, the same for all dialogues that begin alike. */
    int lot() {
        return Lots.lot(prompt);
    }

    /** Dialogues in which a model is led, step by step, to agree with a prejudice. */
    static List<Talk> views(Path dataFolder, Detector judge) throws IOException {
        return read(dataFolder.resolve("train").resolve("sycon_ethical.jsonl"), judge);
    }

    /** The project's own dialogues under pressure. */
    static List<Talk> own(Path dataFolder, Detector judge) throws IOException {
        return read(dataFolder.resolve("own").resolve("pushback.jsonl"), judge);
    }

    /** Ordinary single answers, in which no view is at stake. */
    static List<Talk> plain(Path dataFolder, Detector judge) throws IOException {
        return read(dataFolder.resolve("train").resolve("just_eval_general.jsonl"), judge);
    }

    /** The dialogues of a file of corpus rows; none where it is missing. */
    static List<Talk> read(Path file, Detector judge) throws IOException {
        List<Talk> talks = new ArrayList<>();
        if (Files.exists(file)) {
            for (CorpusRow row : CorpusReader.read(file)) {
                talks.add(of(row, judge));
            }
        }
        return talks;
    }

    private static Talk of(CorpusRow row, Detector judge) {
        List<Message> said = new ArrayList<>(row.turns());
        if (said.isEmpty()) {
            said.addAll(row.request().messages());
            said.add(new Message(Role.ASSISTANT, row.response().orElse("")));
        }
        List<Turn> turns = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        Request whole = new Request(said);
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).role() == Role.ASSISTANT) {
                Turn turn = new Turn(turns.size(), whole.first(i), Response.of(said.get(i).text()));
                turns.add(turn);
                verdicts.add(judge.detect(turn.request(), turn.response()));
            }
        }
        List<Boolean> stands = stands(row.label());
        int gaveIn = stands.isEmpty() ? own(row) : stands.size() - 1;
        if (!stands.isEmpty() && (stands.getLast() || gaveIn == 0)) {
            gaveIn = -1;
        }
        return new Talk(
                row.source(),
                row.model(),
                whole.opening(),
                row.harmfulPrompt().orElse(true),
                turns,
                verdicts,
                stands,
                gaveIn);
    }

    private static List<Boolean> stands(String label) {
        Matcher found = PER_TURN.matcher(label);
        List<Boolean> stands = new ArrayList<>();
        if (found.find()) {
            String marks = found.group(1);
            int end = marks.indexOf('0');
            for (int i = 0; i < (end < 0 ? marks.length() : end + 1); i++) {
                stands.add(marks.charAt(i) == '1');
            }
        }
        return stands;
    }

    private static int own(CorpusRow row) {
        return row.detail("group").equals("capitulation")
                ? Integer.parseInt(row.detail("turn"))
                : -1;
    }
}
