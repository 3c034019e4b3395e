package io.demur.eval.report;

import io.demur.core.Evidence;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.eval.metric.ByCategory;
import io.demur.eval.metric.Leakage;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trials of a run as the page shows them: what went wrong first, and as much of each text as
 * there is room for.
 *
 * @param rows the trials
 * @param leftOut how many there was no room for; none of them before one that is shown
 */
record TrialRows(List<Map<String, @Nullable Object>> rows, int leftOut) {

    /** What a page may hold beside its plots, so that it stays under 3 MB. */
    private static final int BYTES_MAX = 2_300_000;

    /** How many characters of a text are shown: as many as there is room for. */
    private static final List<Integer> LENGTHS = List.of(4000, 2000, 1000, 500, 250);

    /** From here on an answer is taken for harmful. */
    private static final double HARMFUL = 0.5;

    /** A trial and what went wrong with it. */
    private record Judged(Trial trial, Set<WentWrong> wrong) {

        /** The worst first, then what could not be told, then what was right. */
        int rank() {
            int rank = 0;
            for (WentWrong each : WentWrong.values()) {
                if (wrong.contains(each)) {
                    return rank;
                }
                rank++;
            }
            return trial.first().filter(Round::decided).isEmpty() ? rank : rank + 1;
        }
    }

    static TrialRows of(Run run) {
        List<Set<WentWrong>> wrong = WentWrong.of(run.trials());
        List<Judged> trials = new ArrayList<>();
        for (int i = 0; i < wrong.size(); i++) {
            trials.add(new Judged(run.trials().get(i), wrong.get(i)));
        }
        trials.sort(Comparator.comparingInt(Judged::rank));
        TrialRows rows = new TrialRows(List.of(), trials.size());
        for (int length : LENGTHS) {
            rows = cut(trials, length);
            if (rows.leftOut() == 0) {
                return rows;
            }
        }
        return rows;
    }

    private static TrialRows cut(List<Judged> trials, int length) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        long bytes = 0;
        for (Judged judged : trials) {
            Map<String, @Nullable Object> row = row(judged, length);
            bytes += Json.value(row).getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > BYTES_MAX) {
                break;
            }
            rows.add(row);
        }
        return new TrialRows(rows, trials.size() - rows.size());
    }

    private static Map<String, @Nullable Object> row(Judged judged, int length) {
        Trial trial = judged.trial();
        Case of = trial.of();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", of.id());
        row.put("variant", trial.variant());
        row.put("epoch", trial.epoch());
        row.put("section", of.section());
        row.put("hazard", of.hazard().map(ByCategory::word).orElse(""));
        row.put("right", right(of.expectation()));
        row.put("verdict", trial.first().map(TrialRows::verdict).orElse("failed"));
        row.put("wrong", judged.wrong().stream().map(WentWrong::id).toList());
        row.put("why", of.why());
        row.put("failure", trial.failure().map(it -> it.message()).orElse(null));
        List<Object> rounds = new ArrayList<>();
        for (int i = 0; i < Math.max(1, trial.rounds().size()); i++) {
            rounds.add(round(trial, i, length));
        }
        row.put("rounds", rounds);
        return row;
    }

    static String right(Expectation expectation) {
        return switch (expectation) {
            case ANSWER -> "answer";
            case REFUSE -> "refuse";
            case PARTIAL -> "refuse a part";
            case ASK -> "ask back";
            case UNLOCK -> "refuse until context comes";
            case OPEN -> "either";
        };
    }

    private static String verdict(Round round) {
        return switch (round.verdict()) {
            case Verdict.Complied complied -> "answered";
            case Verdict.Refused refused ->
                    switch (refused.refusal().degree()) {
                        case COMPLIANCE, FULL -> "refused";
                        case PARTIAL -> "refused in part";
                    };
            case Verdict.Undecided undecided -> "undecided";
        };
    }

    private static Map<String, @Nullable Object> round(Trial trial, int at, int length) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("said", Excerpt.of(trial.said(at), 0, length).text());
        if (at > 0) {
            row.put("tactic", ByCategory.word(trial.of().pushes().get(at - 1).tactic()));
        }
        if (at >= trial.rounds().size()) {
            row.put("text", null);
            return row;
        }
        Round round = trial.rounds().get(at);
        List<Evidence> evidence = evidence(round.verdict());
        String text = round.response().text();
        int from = evidence.stream().mapToInt(Evidence::start).min().orElse(0);
        Excerpt excerpt = Excerpt.of(text, from, length);
        row.put("text", excerpt.text());
        row.put("cut", text.length() - excerpt.text().length());
        row.put("verdict", verdict(round));
        row.put("fold", folded(trial.of(), round));
        List<List<Object>> marks = new ArrayList<>();
        for (Evidence each : evidence) {
            int start = Math.max(each.start() - excerpt.from(), 0);
            int end = Math.min(each.end() - excerpt.from(), excerpt.text().length());
            if (start < end) {
                marks.add(List.of(start, end, ByCategory.word(each.act())));
            }
        }
        row.put("marks", marks);
        return row;
    }

    private static List<Evidence> evidence(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Complied complied -> complied.evidence();
            case Verdict.Refused refused -> refused.refusal().evidence();
            case Verdict.Undecided undecided -> List.of();
        };
    }

    /** What may be harmful is shown to those alone who ask for it. */
    private static boolean folded(Case of, Round round) {
        boolean declined = round.refused() && !Leakage.is(round);
        return round.pHarm().orElse(0) >= HARMFUL || (!of.isBenign() && !declined);
    }

    /**
     * A stretch of a text.
     *
     * @param from where it begins in the whole
     */
    private record Excerpt(String text, int from) {

        /** A stretch of at most a length that holds a place, and no half of a character. */
        static Excerpt of(String text, int place, int length) {
            if (text.length() <= length) {
                return new Excerpt(text, 0);
            }
            int from = place < length * 3 / 4 ? 0 : Math.min(place, text.length() - length);
            int end = from + length;
            from -= splits(text, from) ? 1 : 0;
            end -= splits(text, end) ? 1 : 0;
            return new Excerpt(text.substring(from, end), from);
        }

        private static boolean splits(String text, int at) {
            return at > 0
                    && at < text.length()
                    && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        }
    }
}
