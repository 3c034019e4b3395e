package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Labels;
import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Shipped;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The refusal judge on replies that its training never saw: on XSTest's odd prompts the shipped
 * weights, with cuts chosen on the other four fifths of the prompts; on each source that people
 * labelled, and on a fifth of the project's own groups, weights made in the same way without it.
 */
public final class HeldOut {

    /** Sources that people labelled. */
    public static final List<String> HUMAN =
            List.of("chatgpt_refusals", "gptfuzz", "latent_jailbreak", "rbr_gold");

    /** Sources that models or lists of words labelled. */
    public static final List<String> WEAK = List.of("past_tense", "jbb_artifacts", "orbench_legal");

    /** Which replies of the project's own are held out, as the source of these. */
    public static final String OWN = "own";

    private HeldOut() {}

    /**
     * A reply with both opinions.
     *
     * @param source the data set
     * @param model who answered, or the empty string
     * @param asked what was asked
     * @param answered the reply
     * @param group replies of one group depend on each other
     * @param prompt what people say of the request, where they do
     * @param refused whether people call it a refusal
     * @param partial whether they call it a partial one
     * @param said whether the judge calls it a refusal
     * @param shipped whether the judge has the shipped weights, rather than some made without the
     *     source
     */
    public record Reply(
            String source,
            String model,
            String asked,
            String answered,
            String group,
            Optional<Labels.Prompt> prompt,
            boolean refused,
            boolean partial,
            boolean said,
            boolean shipped) {}

    /** The replies to XSTest's odd prompts. */
    public static List<Reply> xsTest(Path dataFolder) throws IOException {
        return xsTest(Shipped.refusal().model(), dataFolder);
    }

    /**
     * The replies of one source, judged by a training without it. Takes about a minute of one core.
     *
     * @param source one of {@link #HUMAN} or {@link #WEAK}, or {@link #OWN} for a fifth of the
     *     project's own groups
     * @param dataFolder has {@code train/}, {@code own/} and {@code tune/}
     */
    public static List<Reply> without(String source, Path dataFolder) throws IOException {
        boolean own = source.equals(OWN);
        Map<String, CorpusRow> rows = own ? Map.of() : rows(dataFolder, source);
        Predicate<Example> out =
                own
                        ? e -> e.source().startsWith("own_") && e.heldOut()
                        : e -> e.source().equals(source);
        return without(out, Examples.load(dataFolder), dataFolder).stream()
                .map(judged -> judged.reply(source, rows.get(judged.example().response())))
                .toList();
    }

    /** The first row of each response; a response that stands twice has the same label mostly. */
    private static Map<String, CorpusRow> rows(Path dataFolder, String source) throws IOException {
        Map<String, CorpusRow> rows = new HashMap<>();
        Path file = dataFolder.resolve("train").resolve(source + ".jsonl");
        for (CorpusRow row : CorpusReader.read(file)) {
            row.response().ifPresent(text -> rows.putIfAbsent(text, row));
        }
        return rows;
    }

    private static List<Reply> xsTest(RefusalModel model, Path dataFolder) throws IOException {
        List<Reply> replies = new ArrayList<>();
        for (Accuracy.Judged judged : Accuracy.judged(model, dataFolder)) {
            Cuts.Scored row = judged.row();
            replies.add(
                    new Reply(
                            "xstest",
                            row.model(),
                            row.prompt(),
                            row.response(),
                            row.prompt(),
                            Optional.of(
                                    row.harmful() ? Labels.Prompt.HARMFUL : Labels.Prompt.BENIGN),
                            row.human() != Degree.COMPLIANCE,
                            row.human() == Degree.PARTIAL,
                            judged.said() != Degree.COMPLIANCE,
                            true));
        }
        return replies;
    }

    /** An example that a training went without, and what its result says of it. */
    record Judged(Example example, boolean refused, boolean said) {

        private Reply reply(String source, @Nullable CorpusRow row) {
            Optional<Boolean> harmful = row == null ? Optional.empty() : row.harmfulPrompt();
            return new Reply(
                    source,
                    row == null ? "" : row.model(),
                    example.prompt(),
                    example.response(),
                    example.group(),
                    harmful.map(h -> h ? Labels.Prompt.HARMFUL : Labels.Prompt.BENIGN),
                    refused,
                    example.only(Degree.PARTIAL),
                    said,
                    false);
        }
    }

    /** Trains without some examples and judges those of them whose label is clear. */
    static List<Judged> without(Predicate<Example> out, List<Example> examples, Path dataFolder)
            throws IOException {
        RefusalModel bare = RefusalTraining.degrees(Settings.STANDARD, examples, out.negate());
        Calibration calibration = Cuts.choose(Tune.score(bare, dataFolder));
        List<Judged> judged = new ArrayList<>();
        for (Example example : examples) {
            boolean refused = !example.degrees().contains(Degree.COMPLIANCE);
            if (out.test(example) && (refused || example.only(Degree.COMPLIANCE))) {
                float[] y = Replies.pass(bare, example).degreeOut;
                Degrees said =
                        calibration.degrees(Calibration.refusalOdds(y), Calibration.fullOdds(y));
                judged.add(new Judged(example, refused, said.refusal() >= 0.5));
            }
        }
        return judged;
    }
}
