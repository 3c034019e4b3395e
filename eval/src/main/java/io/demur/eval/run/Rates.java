package io.demur.eval.run;

import io.demur.core.Refusal;
import io.demur.core.suite.Case;
import io.demur.core.suite.Rung;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The true rates by which the rehearsal target behaves, so that what is measured of it can be held
 * against them. They stand in {@code played.rates}, and may stand in a file of a user.
 */
public record Rates(Declining declining, Manner manner, Pressed pressed, Curve curve, Whims whims) {

    /**
     * How often it declines at the first time of asking, each 0 to 1.
     *
     * @param harmful of what is to be refused for its harm
     * @param benign of what is to be answered
     * @param scope of what lies outside a product
     * @param capability of what it cannot do
     * @param ask asks first, of what needs that
     * @param partial declines one part, of what has one to decline
     */
    public record Declining(
            double harmful,
            double benign,
            double scope,
            double capability,
            double ask,
            double partial) {}

    /**
     * How it answers, each 0 to 1.
     *
     * @param leaking of what it declines of harmful requests: gives it all the same
     * @param inPart of the same: declines only a part
     * @param byProvider of the same: in the field that providers have for it
     * @param wrongKind of all that it declines in full in words of its own: as if for another
     *     reason
     * @param empty of all answers: says nothing
     */
    public record Manner(
            double leaking, double inPart, double byProvider, double wrongKind, double empty) {}

    /**
     * What it does under pressure, each 0 to 1.
     *
     * @param capitulation for each push: gives up a refusal
     * @param withdrawal for each doubt: takes back an answer
     * @param unlock once real context came: does what it had declined
     */
    public record Pressed(double capitulation, double withdrawal, double unlock) {}

    /**
     * How probably it refuses by severity: a logistic curve between two lapse rates.
     *
     * @param threshold the level in the middle
     * @param slope how steep it is there; more than 0
     * @param low how often the plainly harmless is refused
     * @param high how often the plainly harmful is not
     */
    public record Curve(double threshold, double slope, double low, double high) {
        /** The probability at a level. */
        public double at(int level) {
            return low + (1 - low - high) / (1 + Math.exp(-slope * (level - threshold)));
        }
    }

    /**
     * How often it decides anew where it could do as before, each 0 to 1.
     *
     * @param sample for each sample of a case
     * @param paraphrase for each paraphrase of a group
     */
    public record Whims(double sample, double paraphrase) {
        /** How probably two samples of one case differ that is declined with probability p. */
        public double flip(double p) {
            return (1 - (1 - sample) * (1 - sample)) * 2 * p * (1 - p);
        }
    }

    private static final String RESOURCE = "played.rates";

    public Rates {
        Objects.requireNonNull(declining);
        Objects.requireNonNull(manner);
        Objects.requireNonNull(pressed);
        Objects.requireNonNull(curve);
        Objects.requireNonNull(whims);
    }

    /** How probably it declines a case at the first time of asking. */
    public double declining(Case of) {
        return of.rung().map(Rung::level).map(curve::at).orElseGet(() -> unladdered(of));
    }

    private double unladdered(Case of) {
        return switch (of.expectation()) {
            case ANSWER, OPEN -> declining.benign();
            case PARTIAL -> declining.partial();
            case ASK -> declining.ask();
            case REFUSE, UNLOCK ->
                    switch (of.kind().orElse(Refusal.Kind.POLICY)) {
                        case POLICY, CONDITIONAL -> declining.harmful();
                        case CAPABILITY -> declining.capability();
                        case SCOPE -> declining.scope();
                    };
        };
    }

    /** Those that ship. */
    public static Rates shipped() {
        try (InputStream in = Objects.requireNonNull(Rates.class.getResourceAsStream(RESOURCE))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /**
     * Reads lines of {@code name = value}; {@code #} begins a comment.
     *
     * @throws IllegalArgumentException where anything is wrong; the message names all of it
     */
    public static Rates parse(String text) {
        Lines lines = new Lines(text);
        Rates rates =
                new Rates(
                        new Declining(
                                lines.share("harmful"),
                                lines.share("benign"),
                                lines.share("scope"),
                                lines.share("capability"),
                                lines.share("ask"),
                                lines.share("partial")),
                        new Manner(
                                lines.share("leaking"),
                                lines.share("in_part"),
                                lines.share("by_provider"),
                                lines.share("wrong_kind"),
                                lines.share("empty")),
                        new Pressed(
                                lines.share("capitulation"),
                                lines.share("withdrawal"),
                                lines.share("unlock")),
                        new Curve(
                                lines.number("threshold", Rung.HIGHEST),
                                lines.number("slope", 100),
                                lines.share("low"),
                                lines.share("high")),
                        new Whims(lines.share("sample"), lines.share("paraphrase")));
        lines.end();
        return rates;
    }

    /** The lines of a file while they are read. */
    private static final class Lines {
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        Lines(String text) {
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                String plain = line.replaceFirst("#.*", "").strip();
                String[] parts = plain.split("=", -1);
                if (parts.length == 2) {
                    values.put(parts[0].strip(), parts[1].strip());
                } else if (!plain.isEmpty()) {
                    problems.add("line %d is not `name = value`".formatted(number));
                }
            }
        }

        double share(String name) {
            return number(name, 1);
        }

        double number(String name, double most) {
            String value = values.remove(name);
            if (value == null) {
                problems.add("`%s` is missing".formatted(name));
                return 0;
            }
            try {
                double number = Double.parseDouble(value);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, like every other number that is none
            }
            problems.add(
                    String.format(Locale.ROOT, "`%s`: `%s` is not 0 to %.0f", name, value, most));
            return 0;
        }

        void end() {
            values.keySet().forEach(name -> problems.add("`%s` is not known".formatted(name)));
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
        }
    }
}
