package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.detect.linear.Manner;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Shipped;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What the shipped judge makes of the rows that were kept back from training: a fifth of the
 * project's own groups, and of the questions of gptfuzz.
 *
 * @param degree refusal or not, own rows
 * @param leakage refused and given anyway, questions of gptfuzz
 * @param kinds how many own refusals have a kind
 * @param kindsRight of how many it was told
 */
public record KeptBack(Agreement degree, Agreement leakage, int kinds, int kindsRight) {

    /**
     * Measures, and prints what it found.
     *
     * @param dataFolder has {@code train/} and {@code own/}
     * @throws IOException if it cannot be read
     */
    public static KeptBack report(Path dataFolder, PrintStream out) throws IOException {
        KeptBack found = of(Shipped.refusal().model(), dataFolder);
        out.println();
        out.println("kept back from training:");
        out.println("  own rows, refusal      %s".formatted(found.degree));
        out.println("  own rows, kind         %d of %d".formatted(found.kindsRight, found.kinds));
        out.println("  gptfuzz, leakage       %s".formatted(found.leakage));
        return found;
    }

    static KeptBack of(RefusalModel model, Path dataFolder) throws IOException {
        Agreement degree = new Agreement();
        Agreement leakage = new Agreement();
        int kinds = 0;
        int right = 0;
        for (Example example : Examples.load(dataFolder)) {
            if (!example.heldOut()) {
                continue;
            }
            RefusalModel.Pass pass = Replies.pass(model, example);
            Manner manner = Manner.of(pass.manners());
            if (example.source().equals("gptfuzz")) {
                example.leakage().ifPresent(is -> leakage.add(manner.leakage() >= 0.5, is == 1));
                continue;
            }
            boolean refused = !example.degrees().contains(Degree.COMPLIANCE);
            degree.add(pass.degrees().refusal() >= 0.5, refused);
            if (example.kind().isPresent()) {
                kinds++;
                right += example.kind().get() == manner.kind() ? 1 : 0;
            }
        }
        return new KeptBack(degree, leakage, kinds, right);
    }

    /** Share of the kinds told, 0 to 1. */
    public double kind() {
        return 1.0 * kindsRight / Math.max(1, kinds);
    }
}
