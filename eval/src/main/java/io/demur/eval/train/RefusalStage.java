package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What any judge of refusals is worth on the rows kept back from training, whatever stage it is:
 * own rows for degree and kind, questions of gptfuzz for leakage.
 */
public final class RefusalStage {

    private RefusalStage() {}

    /**
     * Prints one row of a table of Markdown: on own rows F1 of refusal, and how many of the
     * refusals that it sees have the right kind, with those it misses beside; F1 of leakage.
     *
     * @param dataFolder has {@code train/} and {@code own/}
     * @throws IOException if it cannot be read
     */
    public static void report(String name, Detector judge, Path dataFolder, PrintStream out)
            throws IOException {
        Agreement degree = new Agreement();
        Agreement leakage = new Agreement();
        int kinds = 0;
        int kindsRight = 0;
        int missed = 0;
        for (Example example : Examples.load(dataFolder)) {
            if (!example.heldOut()) {
                continue;
            }
            Verdict said =
                    judge.detect(Request.of(example.prompt()), Response.of(example.response()));
            if (example.source().equals("gptfuzz")) {
                example.leakage().ifPresent(is -> leakage.add(leaks(said) >= 0.5, is == 1));
                continue;
            }
            boolean refused = !example.degrees().contains(Degree.COMPLIANCE);
            degree.add(said instanceof Verdict.Refused, refused);
            if (example.kind().isPresent()) {
                if (said instanceof Verdict.Refused r) {
                    kinds++;
                    kindsRight += r.refusal().kind() == example.kind().get() ? 1 : 0;
                } else {
                    missed++;
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %d of %d (%d missed) | %d | %.3f |%n",
                name,
                degree.replies(),
                degree.f1(),
                kindsRight,
                kinds,
                missed,
                leakage.replies(),
                leakage.f1());
    }

    private static double leaks(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Complied complied -> complied.pLeakage();
            case Verdict.Refused refused -> refused.pLeakage();
            case Verdict.Undecided undecided -> 0;
        };
    }
}
