package io.demur.core.incident;

import io.demur.core.JudgeId;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much each sign counts for two requests being the same underneath, and from which sum on they
 * are taken for it. One row for each {@link Kind} of comparison, learnt from half of {@code
 * data/around} by {@code bench/run around train}.
 */
public final class Weights {

    private static final String RESOURCE = "likeness.weights";
    private static final int VERSION = 1;

    /** What is compared, by what is there to compare. */
    public enum Kind {
        /** Runs of letters and words. */
        RUNS,
        /** Meaning and words, both texts in English. */
        POINT,
        /** Meaning and words, one of them in another language. */
        POINT_OTHER,
        /** Words alone, both texts in English. */
        WORDS,
        /** Words alone, one of them in another language. */
        WORDS_OTHER,
        /** Several requests together, by words. */
        PIECES
    }

    /**
     * The row of one kind.
     *
     * @param found probability from which on two requests count as the same
     * @param doubtful probability from which on a judge may be asked, where there is one
     * @param of the signs, in their order; the last stands alone
     */
    public record Row(double found, double doubtful, List<Double> of) {
        public Row {
            of = List.copyOf(of);
        }

        /** How probably two requests are the same: logistic regression. */
        public double p(double[] signs) {
            double sum = of.getLast();
            for (int i = 0; i < signs.length; i++) {
                sum += of.get(i) * signs[i];
            }
            return 1 / (1 + Math.exp(-sum));
        }
    }

    private final JudgeId id;
    private final Map<Kind, Row> rows;

    private Weights(JudgeId id, Map<Kind, Row> rows) {
        this.id = id;
        this.rows = new EnumMap<>(rows);
    }

    /** Those that come with this version. */
    public static Weights shipped() {
        return Shipped.WEIGHTS;
    }

    private static final class Shipped {
        static final Weights WEIGHTS = read(resource());
    }

    private static byte[] resource() {
        try (InputStream in = Weights.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "`%s` is not on the class path".formatted(RESOURCE));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("weights of `%s`".formatted(RESOURCE), e);
        }
    }

    /** Weights of these rows. */
    public static Weights of(Map<Kind, Row> rows) {
        return read(text(rows).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static Weights read(byte[] content) {
        Map<Kind, Row> rows = new EnumMap<>(Kind.class);
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split(" ", -1);
            List<Double> numbers = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                numbers.add(Double.valueOf(parts[i]));
            }
            Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            rows.put(
                    kind,
                    new Row(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size())));
        }
        for (Kind kind : Kind.values()) {
            Row row = rows.get(kind);
            if (row == null || row.of().size() != Signs.count(kind) + 1) {
                throw new IllegalArgumentException("no row of weights for `%s`".formatted(kind));
            }
        }
        return new Weights(new JudgeId("likeness", VERSION, sha256(content)), rows);
    }

    /** The rows as they are written down. */
    public static String text(Map<Kind, Row> rows) {
        StringBuilder out = new StringBuilder();
        out.append("# kind, found from, doubtful from, weights; by `bench/run around train`\n");
        for (Map.Entry<Kind, Row> row : new EnumMap<>(rows).entrySet()) {
            out.append(row.getKey().name().toLowerCase(Locale.ROOT));
            out.append(number(row.getValue().found())).append(number(row.getValue().doubtful()));
            row.getValue().of().forEach(weight -> out.append(number(weight)));
            out.append('\n');
        }
        return out.toString();
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, " %.6f", number);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whose word it is. */
    public JudgeId id() {
        return id;
    }

    Row row(Kind kind) {
        Row row = rows.get(kind);
        if (row == null) {
            throw new IllegalStateException("no row of weights for `%s`".formatted(kind));
        }
        return row;
    }
}
