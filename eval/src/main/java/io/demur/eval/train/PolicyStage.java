package io.demur.eval.train;

import io.demur.core.Request;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Context;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.eval.AskedRequest;
import io.demur.eval.PolicyRates;
import io.demur.eval.RequestClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a policy does with requests that no weights were learnt from. */
public final class PolicyStage {

    /** What the halves were dealt by when the lines were chosen. */
    private static final String SPLIT = "p4";

    private PolicyStage() {}

    private static String split(HarmExample example) {
        return example.own() ? example.group() : example.text();
    }

    /**
     * The rates by source, and by whether the lines of postures were chosen with a request in view.
     *
     * @param dataFolder has {@code train/}, {@code own/} and {@code tune/}
     */
    public static PolicyRates rates(HarmPredictor judge, Policy policy, Path dataFolder)
            throws IOException {
        PolicyRates rates = new PolicyRates();
        for (Map.Entry<String, List<HarmExample>> set : HarmScores.sets(dataFolder).entrySet()) {
            for (HarmExample example : set.getValue()) {
                boolean chosenBy = Lots.lot(SPLIT + split(example)) < 50;
                rates.add(
                        new AskedRequest(
                                set.getKey() + (chosenBy ? ", chosen by" : ", reported"),
                                example.text(),
                                Optional.of(
                                        example.harmful()
                                                ? RequestClass.CLEAR_HARM
                                                : RequestClass.LOOK_ALIKE),
                                Optional.empty(),
                                policy.decide(
                                                judge.assess(Request.of(example.text())),
                                                Context.PLAIN,
                                                Standing.FRESH)
                                        .strength()));
            }
        }
        return rates;
    }
}
