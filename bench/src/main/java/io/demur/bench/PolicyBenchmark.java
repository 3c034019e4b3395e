package io.demur.bench;

import io.demur.core.charter.Settings;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Policy;
import io.demur.encoder.CharterJudges;
import io.demur.eval.train.PolicyStage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the default policy keeps back of requests that no weights were learnt from: with the judges
 * that are asked where nothing is configured, and with the quick one alone.
 */
public final class PolicyBenchmark {

    private PolicyBenchmark() {}

    /**
     * Prints the tables.
     *
     * @param args the data folder with {@code train/}, {@code own/} and {@code tune/}
     */
    public static void main(String[] args) throws IOException {
        HarmPredictor quick = LinearHarm.shipped();
        HarmPredictor both = CharterJudges.harm(Settings.USUAL);
        Policy policy = Policy.at(Policy.defaultPosture());
        Path data = Path.of(args[0]);
        System.out.printf(
                "quick judge and encoder%n%n%s%n", PolicyStage.rates(both, policy, data).text());
        System.out.printf("quick judge alone%n%n%s", PolicyStage.rates(quick, policy, data).text());
    }
}
