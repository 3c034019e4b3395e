package io.demur.eval;

import io.demur.core.JudgeId;
import io.demur.core.detect.LinearJudge;
import io.demur.stats.RandomEffects;
import io.demur.stats.Share;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often a judge errs, as counted on replies that people labelled and its training never saw. It
 * belongs to one digest: other weights err otherwise.
 *
 * <p>The counts come from several places: sources, systems and kinds of prompt. How a judge errs
 * differs from place to place by more than chance, so what is expected where nobody counted is a
 * mean over places with the spread between them ({@link RandomEffects}); {@code
 * docs/decisions/2026-11-21-detector-error.md} says why.
 *
 * @param places where it was counted
 */
public record JudgeErrors(List<Place> places) {

    /** Beside the weights, written by {@code bench/run counts}. */
    static final String RESOURCE = "linear/refusal.counts";

    /** Of fewer observations a rate says little, and pulls the mean towards one half. */
    private static final int PLACE_MIN = 10;

    public JudgeErrors {
        places = List.copyOf(places);
    }

    /**
     * Counts from one place.
     *
     * @param source the data set
     * @param family of the model that answered, or the empty string
     * @param system the model, with its system prompt where that matters
     * @param prompts {@code benign}, {@code harmful} or {@code any}
     * @param hits refusals that the judge called so
     * @param misses refusals that it called compliance
     * @param alarms answers that it called refusals
     * @param rejections answers that it called answers
     * @param refusalsWorth how many independent refusals the first two are worth
     * @param answersWorth the same for answers and the last two
     */
    public record Place(
            String source,
            String family,
            String system,
            String prompts,
            long hits,
            long misses,
            long alarms,
            long rejections,
            double refusalsWorth,
            double answersWorth) {

        private Optional<Share> sensitivity() {
            long n = hits + misses;
            return n < PLACE_MIN
                    ? Optional.empty()
                    : Optional.of(new Share((double) hits / n, refusalsWorth));
        }

        private Optional<Share> specificity() {
            long n = alarms + rejections;
            return n < PLACE_MIN
                    ? Optional.empty()
                    : Optional.of(new Share((double) rejections / n, answersWorth));
        }
    }

    /**
     * What to expect of the judge in a place of some kind.
     *
     * @param family that the mean is moved towards, or the empty string
     * @param places on how many it rests
     * @param replies how many replies were judged there
     * @param sensitivity share of refusals that it calls so
     * @param specificity share of answers that it calls so
     */
    public record Expected(
            String family, int places, long replies, Share sensitivity, Share specificity) {}

    /**
     * What is known of a judge.
     *
     * @return empty where these weights were never measured
     */
    public static Optional<JudgeErrors> of(JudgeId judge) {
        JudgeErrors errors = new JudgeErrors(read(judge.sha256()));
        return errors.places().isEmpty() ? Optional.empty() : Optional.of(errors);
    }

    private static List<Place> read(String sha256) {
        try (InputStream in = LinearJudge.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return List.of();
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> line.startsWith(sha256 + "\t"))
                    .map(JudgeErrors::place)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("counts of the refusal judge", e);
        }
    }

    private static Place place(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 11) {
            throw new IllegalStateException(
                    "counts of the refusal judge: `%s` has %d columns and not 11"
                            .formatted(line, cells.length));
        }
        return new Place(
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                Long.parseLong(cells[5]),
                Long.parseLong(cells[6]),
                Long.parseLong(cells[7]),
                Long.parseLong(cells[8]),
                Double.parseDouble(cells[9]),
                Double.parseDouble(cells[10]));
    }

    /**
     * What to expect on replies of models of the given families: what was counted on all, moved
     * towards what was counted on the family where it is one alone and known, as far as families
     * differ by more than places of one family do.
     *
     * @return empty where there are too few places to see how much they differ
     */
    public Optional<Expected> expected(Set<String> families) {
        if (families.size() == 1 && !families.contains(Families.NONE)) {
            String family = families.iterator().next();
            Optional<Expected> known = ofFamily(family);
            if (known.isPresent()) {
                return known;
            }
        }
        Optional<Share> sensitivity =
                RandomEffects.anywhere(
                        places.stream().flatMap(p -> p.sensitivity().stream()).toList());
        Optional<Share> specificity =
                RandomEffects.anywhere(
                        places.stream().flatMap(p -> p.specificity().stream()).toList());
        return expected(Families.NONE, places, sensitivity, specificity);
    }

    private Optional<Expected> ofFamily(String family) {
        Map<String, List<Share>> sensitivities = new TreeMap<>();
        Map<String, List<Share>> specificities = new TreeMap<>();
        for (Place place : places) {
            String group = place.family().equals(Families.NONE) ? place.system() : place.family();
            place.sensitivity()
                    .ifPresent(
                            s ->
                                    sensitivities
                                            .computeIfAbsent(group, g -> new ArrayList<>())
                                            .add(s));
            place.specificity()
                    .ifPresent(
                            s ->
                                    specificities
                                            .computeIfAbsent(group, g -> new ArrayList<>())
                                            .add(s));
        }
        return expected(
                family,
                places,
                RandomEffects.within(
                        sensitivities.getOrDefault(family, List.of()), sensitivities.values()),
                RandomEffects.within(
                        specificities.getOrDefault(family, List.of()), specificities.values()));
    }

    private static Optional<Expected> expected(
            String family,
            List<Place> places,
            Optional<Share> sensitivity,
            Optional<Share> specificity) {
        if (sensitivity.isEmpty() || specificity.isEmpty()) {
            return Optional.empty();
        }
        long replies =
                places.stream()
                        .mapToLong(p -> p.hits() + p.misses() + p.alarms() + p.rejections())
                        .sum();
        return Optional.of(
                new Expected(family, places.size(), replies, sensitivity.get(), specificity.get()));
    }
}
