package io.demur.eval.train;

import io.demur.core.detect.linear.ModelFormat;
import io.demur.core.detect.linear.RefusalModel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The shipped judge beside one trained on a user's labels as well: on the user's rows that were
 * kept back, and on {@code tune/}, where it shows if the one was bought with the other.
 */
final class Comparison {

    private static final int SHOWN = 5;

    private Comparison() {}

    static void print(
            ModelFormat.Decoded before,
            ModelFormat.Decoded after,
            UserLabels labels,
            Path dataFolder,
            PrintStream out)
            throws IOException {
        long refusals = labels.learnt().stream().filter(UserLabels.Row::refused).count();
        long keptRefusals = labels.kept().stream().filter(UserLabels.Row::refused).count();
        out.println();
        out.println(
                "labels: %d exchanges to learn from (%d refusals), each with a weight of %.0f"
                        .formatted(labels.learnt().size(), refusals, UserLabels.WEIGHT));
        out.println(
                "        %d held out (%d refusals), divided by prompt"
                        .formatted(labels.kept().size(), keptRefusals));
        out.println();
        out.println("on the labels held out:");
        out.println("  before  " + agreement(before.model(), labels.kept()));
        out.println("  after   " + agreement(after.model(), labels.kept()));
        flips(before.model(), after.model(), labels.kept(), out);
        out.println("on tune, cuts chosen on the other four fifths of its prompts:");
        out.println("  before  " + Accuracy.crossValidated(before.model(), dataFolder).all());
        out.println("  after   " + Accuracy.crossValidated(after.model(), dataFolder).all());
        out.println();
        out.println("before: judge %s".formatted(before.sha256()));
        out.println("after:  judge %s".formatted(after.sha256()));
    }

    private static Agreement agreement(RefusalModel model, List<UserLabels.Row> rows) {
        Agreement agreement = new Agreement();
        for (UserLabels.Row row : rows) {
            agreement.add(refuses(model, row), row.refused());
        }
        return agreement;
    }

    private static void flips(
            RefusalModel before, RefusalModel after, List<UserLabels.Row> rows, PrintStream out) {
        List<String> mended = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (UserLabels.Row row : rows) {
            boolean is = refuses(after, row);
            if (is != refuses(before, row)) {
                (is == row.refused() ? mended : broken).add(row.id());
            }
        }
        out.println("  now right: " + some(mended));
        out.println("  now wrong: " + some(broken));
    }

    private static String some(List<String> ids) {
        String shown = String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size())));
        return ids.size()
                + (shown.isEmpty() ? "" : " (" + shown + (ids.size() > SHOWN ? ", …" : "") + ")");
    }

    private static boolean refuses(RefusalModel model, UserLabels.Row row) {
        return Replies.pass(model, row.example()).degrees().refusal() >= 0.5;
    }
}
