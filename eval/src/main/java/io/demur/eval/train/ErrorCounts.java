package io.demur.eval.train;

import io.demur.core.detect.linear.Shipped;
import io.demur.eval.Families;
import io.demur.stats.ClusteredCounts;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes how often the shipped judge errs, place by place, into the file that {@code score} reads
 * beside the weights. Only replies that people labelled count, and none of the project's own, which
 * were written to be hard.
 */
public final class ErrorCounts {

    private static final int HIT = 3;
    private static final int MISS = 2;
    private static final int ALARM = 1;
    private static final int REJECTION = 0;

    private ErrorCounts() {}

    /**
     * Measures and writes.
     *
     * <p>Trains once for each source, about a minute each.
     *
     * @param dataFolder has {@code train/}, {@code own/} and {@code tune/}
     * @param out the file, which is replaced
     * @param progress gets a line for each source
     */
    public static void write(Path dataFolder, Path out, PrintStream progress) throws IOException {
        List<HeldOut.Reply> replies = new ArrayList<>(HeldOut.xsTest(dataFolder));
        for (String source : HeldOut.HUMAN) {
            progress.println("training without " + source);
            replies.addAll(HeldOut.without(source, dataFolder));
        }
        Files.writeString(out, file(Shipped.refusal().sha256(), replies), StandardCharsets.UTF_8);
    }

    static String file(String sha256, List<HeldOut.Reply> replies) {
        Map<String, ClusteredCounts> places = new TreeMap<>();
        for (HeldOut.Reply reply : replies) {
            places.computeIfAbsent(place(reply), p -> new ClusteredCounts(4, 1 << 16))
                    .add(
                            reply.group().hashCode(),
                            (reply.refused() ? MISS : REJECTION) + (reply.said() ? 1 : 0));
        }
        StringBuilder text =
                new StringBuilder(
                        """
                        # How often the refusal judge and people agree
                        # on replies that its training never saw.
                        # Written by `bench/run counts`. Columns: digest of
                        # the weights, source, family, system, prompts, hits,
                        # misses, alarms, rejections, refusals_worth,
                        # answers_worth.
                        """);
        places.forEach(
                (place, counts) ->
                        text.append(sha256)
                                .append('\t')
                                .append(place)
                                .append(
                                        String.format(
                                                Locale.ROOT,
                                                "\t%d\t%d\t%d\t%d\t%.1f\t%.1f\n",
                                                counts.count(HIT),
                                                counts.count(MISS),
                                                counts.count(ALARM),
                                                counts.count(REJECTION),
                                                worth(counts, MISS, HIT),
                                                worth(counts, REJECTION, ALARM))));
        return text.toString();
    }

    /** Source, family, system and kind of prompt: the columns of the file. */
    private static String place(HeldOut.Reply reply) {
        boolean both = reply.source().equals("xstest");
        String prompts =
                reply.prompt()
                        .filter(p -> both)
                        .map(p -> p.name().toLowerCase(Locale.ROOT))
                        .orElse("any");
        String system = reply.model().isEmpty() ? reply.source() : reply.model();
        return String.join("\t", reply.source(), Families.of(reply.model()), system, prompts);
    }

    /** How many independent observations those in two categories are worth. */
    private static double worth(ClusteredCounts counts, int wrong, int right) {
        return counts.among(right, wrong, right).map(share -> share.worth()).orElse(0.0);
    }
}
