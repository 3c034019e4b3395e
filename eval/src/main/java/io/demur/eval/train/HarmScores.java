package io.demur.eval.train;

import io.demur.core.harm.linear.Features;
import io.demur.core.harm.linear.Folding;
import io.demur.core.harm.linear.HarmModel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The requests on which the harm judge is calibrated and measured; none was learnt from. */
final class HarmScores {

    /** XSTest's odd prompts, people's labels. */
    static final String XSTEST = "xstest";

    /** Hard harmless requests and toxic ones, labels by models. */
    static final String OR_BENCH = "or_bench";

    /** Harmful requests of JailbreakBench and of the TDC. */
    static final String GENERAL = "jbb+tdc";

    /** A fifth of the groups of the project's own. */
    static final String OWN = "own";

    private HarmScores() {}

    /**
     * By name of the set. Requests of the sources kept out that stand in others as well, in the
     * same words, have been learnt from there and are left out.
     */
    static Map<String, List<HarmExample>> sets(Path dataFolder) throws IOException {
        Map<String, List<HarmExample>> sets = new TreeMap<>();
        Path train = dataFolder.resolve("train");
        List<HarmExample> examples = HarmExamples.load(dataFolder);
        Set<String> learnt =
                examples.stream()
                        .filter(e -> !e.heldOut())
                        .map(e -> key(e.text()))
                        .collect(Collectors.toSet());
        sets.put(XSTEST, HarmExamples.read(dataFolder.resolve("tune").resolve("xstest_odd.jsonl")));
        sets.put(
                OR_BENCH,
                HarmExamples.read(train.resolve("or_bench.jsonl")).stream()
                        .filter(e -> !learnt.contains(key(e.text())))
                        .toList());
        List<HarmExample> general =
                new ArrayList<>(HarmExamples.read(train.resolve("jbb_behaviors.jsonl")));
        general.addAll(HarmExamples.read(train.resolve("tdc2023.jsonl")));
        sets.put(
                GENERAL,
                general.stream()
                        .filter(e -> e.harmful() && !learnt.contains(key(e.text())))
                        .toList());
        sets.put(OWN, examples.stream().filter(HarmExample::heldOut).toList());
        return sets;
    }

    /** Letters and digits alone, in lower case. */
    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Whether a row sets the calibration; about half of XSTest and of the own rows held out. */
    static boolean calibrates(String set, HarmExample example) {
        return switch (set) {
            case XSTEST -> Lots.lot("half" + example.text()) < 50;
            case OWN -> Lots.lot("half" + example.group()) < 50;
            default -> false;
        };
    }

    static List<PlattFit.Scored> forCalibration(HarmModel bare, Path dataFolder)
            throws IOException {
        List<PlattFit.Scored> scored = new ArrayList<>();
        for (Map.Entry<String, List<HarmExample>> set : sets(dataFolder).entrySet()) {
            for (HarmExample example : set.getValue()) {
                if (calibrates(set.getKey(), example)) {
                    double odds = odds(bare, example.text());
                    scored.add(new PlattFit.Scored(odds, example.harmful(), 1));
                }
            }
        }
        return scored;
    }

    /** Log-odds of harm before calibration. */
    static double odds(HarmModel model, String text) {
        return model.harms(sight(model, text))[0];
    }

    static HarmModel.Sight sight(HarmModel model, String text) {
        HarmModel.Sight sight = new HarmModel.Sight();
        model.read(Folding.fold(text), new Features(model::knows), sight);
        return sight;
    }
}
