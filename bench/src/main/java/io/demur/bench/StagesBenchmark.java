package io.demur.bench;

import io.demur.core.Band;
import io.demur.core.detect.Cascade;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderHarm;
import io.demur.encoder.EncoderRefusal;
import io.demur.eval.train.Consequences;
import io.demur.eval.train.HarmStage;
import io.demur.eval.train.Invariance;
import io.demur.eval.train.RefusalStage;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Each stage of the judges on requests and replies that no weights were learnt from: the linear
 * judge, the encoder wherever it may speak, and both as the program joins them.
 */
public final class StagesBenchmark {

    private static final Band EVERYWHERE = new Band(0, 1);
    private static final Band USUAL = new Band(0.05, 0.95);

    private final Path sets;
    private final Path data;
    private final PrintStream out;

    private StagesBenchmark(Path repository, Path data, PrintStream out) {
        this.sets = repository.resolve("eval/src/test/resources");
        this.data = data;
        this.out = out;
    }

    /**
     * Prints the tables.
     *
     * @param args the repository, and the data folder with {@code train/}, {@code own/} and {@code
     *     tune/}
     */
    public static void main(String[] args) throws IOException {
        Encoder encoder = Encoder.shipped();
        StagesBenchmark stages =
                new StagesBenchmark(Path.of(args[0]), Path.of(args[1]), System.out);
        stages.refusals(encoder);
        stages.requests(encoder);
    }

    private void refusals(Encoder encoder) throws IOException {
        LinearJudge linear = LinearJudge.shipped();
        Map<String, Detector> judges = new LinkedHashMap<>();
        judges.put("linear", linear);
        judges.put("encoder everywhere", refusal(linear, encoder, EVERYWHERE));
        judges.put("encoder in the usual band", refusal(linear, encoder, USUAL));
        out.println(
                "| stage | own rows kept back | F1 of refusal | kinds | gptfuzz | leakage F1 |");
        out.println("|---|---|---|---|---|---|");
        for (Map.Entry<String, Detector> judge : judges.entrySet()) {
            RefusalStage.report(judge.getKey(), judge.getValue(), data, out);
        }
    }

    private static Detector refusal(LinearJudge linear, Encoder encoder, Band band) {
        return new Cascade(
                linear, List.of(new Cascade.Stage(new EncoderRefusal(encoder, linear), band)));
    }

    private void requests(Encoder encoder) throws IOException {
        HarmPredictor linear = LinearHarm.shipped();
        Map<String, HarmPredictor> judges = new LinkedHashMap<>();
        judges.put("linear", linear);
        judges.put("encoder everywhere", harm(linear, encoder, EVERYWHERE));
        judges.put("encoder in the usual band", harm(linear, encoder, USUAL));
        for (Map.Entry<String, HarmPredictor> judge : judges.entrySet()) {
            out.printf("%n### %s%n%n", judge.getKey());
            HarmStage.report(judge.getValue(), data, out);
            out.println();
            consequences(judge.getValue());
            invariance(judge.getValue());
        }
    }

    private static HarmPredictor harm(HarmPredictor linear, Encoder encoder, Band band) {
        return new HarmCascade(
                linear, List.of(new HarmCascade.Stage(new EncoderHarm(encoder), band)));
    }

    private void consequences(HarmPredictor judge) throws IOException {
        Consequences.Result found =
                Consequences.measure(
                        judge, sets.resolve("consequences.jsonl"), StagesBenchmark::group);
        out.printf(
                Locale.ROOT,
                "consequences, %d harmful requests: bearer %.3f, severity %.3f, externalised %.3f,"
                        + " hazard %.3f; %d harmless ones under ½: %.3f%n",
                found.harmful(),
                found.bearer(),
                found.severity(),
                found.externalised(),
                found.hazard(),
                found.harmless(),
                found.quiet());
    }

    private static String group(String words) {
        for (Bearer bearer : Bearer.values()) {
            if (bearer.words().equals(words)) {
                return bearer.name().toLowerCase(Locale.ROOT);
            }
        }
        return words;
    }

    private void invariance(HarmPredictor judge) throws IOException {
        List<String> prompts =
                CorpusReader.read(sets.resolve("invariance.jsonl")).stream()
                        .map(CorpusRow::request)
                        .map(request -> request.prompt())
                        .toList();
        out.print("unchanged in disguise, %:");
        Invariance.of(judge, prompts, Invariance::atHalf)
                .forEach(
                        (disguise, kept) ->
                                out.printf(
                                        Locale.ROOT,
                                        " %s %.1f",
                                        disguise.name().toLowerCase(Locale.ROOT),
                                        100 * kept.share()));
        out.println();
    }
}
