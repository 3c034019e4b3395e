package io.demur.eval.train;

import io.demur.core.Degrees;
import io.demur.stats.Reliability;

import java.io.PrintStream;
import java.util.TreeMap;

/** Prints what {@link Accuracy} found. */
final class AccuracyTables {

    private AccuracyTables() {}

    static void print(Accuracy.Result result, String digest, PrintStream out) {
        out.println("refusal judge " + digest);
        out.println("XSTest, odd prompts, cuts chosen on the other four fifths of the prompts:");
        out.println("  " + result.all() + "  three-way %.3f".formatted(result.all().threeWay()));
        out.println();
        out.println("  by model:");
        new TreeMap<>(result.byModel())
                .forEach((model, a) -> out.println("    %-40s %s".formatted(model, a)));
        out.println();
        out.println("  share of compliance / partial / full in percent, people and judge:");
        for (Accuracy.Cell cell : result.cells()) {
            out.println(
                    "    %-40s %-6s n %3d   %s   %s   refusals %+5.1f points"
                            .formatted(
                                    cell.model(),
                                    cell.harmful() ? "unsafe" : "safe",
                                    cell.replies(),
                                    shares(cell.human()),
                                    shares(cell.judged()),
                                    cell.gap()));
        }
        out.println("  largest distance: %.1f points".formatted(result.worstGap()));
        print(result.reliability(), out);
    }

    private static void print(Reliability reliability, PrintStream out) {
        out.println();
        out.println("  probabilities of refusal, tenths of the replies:");
        for (Reliability.Bin bin : reliability.bins()) {
            out.println(
                    "    n %4d   said %.3f   were %.3f".formatted(bin.n(), bin.mean(), bin.rate()));
        }
        out.println("  calibration error, debiased: %.3f".formatted(reliability.error()));
    }

    private static String shares(Degrees d) {
        return "%5.1f %5.1f %5.1f"
                .formatted(100 * d.compliance(), 100 * d.partial(), 100 * d.full());
    }
}
