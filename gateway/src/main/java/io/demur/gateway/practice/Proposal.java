package io.demur.gateway.practice;

import io.demur.core.drill.DrillProbe.Right;
import io.demur.record.entry.Review;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An exchange that went wrong, proposed to be asked again and learnt from. A person decides.
 *
 * @param attempt by which it is known: the first of its kind
 * @param at when that was
 * @param probe which probe was asked; nothing where it was a caller's request
 * @param model which model, of a probe
 * @param own what the model itself did with a probe, in the word of its entry: {@code unasked},
 *     {@code answered}, {@code refused}
 * @param right what is right
 * @param why what went wrong, in words
 * @param times how often the same did
 * @param state what a person said of it
 * @param said who, when and why, where somebody did
 * @param since of one that was accepted: whether it last came out right, by model
 */
public record Proposal(
        String attempt,
        Instant at,
        Optional<String> probe,
        Optional<String> model,
        Optional<String> own,
        Right right,
        String why,
        int times,
        State state,
        Optional<Said> said,
        Map<String, Boolean> since) {

    /** Reasons of entries that decide of proposals begin so: no other word of a person counts. */
    static final String REASON = "practice/";

    /** A reason has room for so many characters. */
    public static final int REASON_MAX = 100 - REASON.length();

    /** What is to be done with it. */
    public enum State {
        PROPOSED,
        ACCEPTED,
        REJECTED;

        /** For people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a person said. */
    public record Said(Instant at, String by, String reason) {
        public Said {
            Objects.requireNonNull(at);
        }
    }

    public Proposal {
        Objects.requireNonNull(probe);
        Objects.requireNonNull(model);
        Objects.requireNonNull(own);
        Objects.requireNonNull(said);
        since = new TreeMap<>(since);
    }

    /**
     * Whether the model itself was wrong: what the gateway refused in its place, or did not let
     * out, teaches nothing.
     */
    public boolean isModels() {
        return own.filter(
                        it ->
                                it.equals("leaked")
                                        || it.equals(
                                                right == Right.REFUSE ? "answered" : "refused"))
                .isPresent();
    }

    /** The name of the probe that it becomes, once it is accepted. */
    public String regression() {
        return Proposals.REGRESSION + attempt;
    }

    /**
     * The entry by which a person decides of it: what the gateway or the model did is overturned,
     * or confirmed. That it was a second look nobody claims: it may be the same person's.
     */
    public Review decision(Instant now, boolean accepted, String by, String reason) {
        return new Review(
                now,
                "case_" + attempt.substring(attempt.indexOf('_') + 1),
                attempt,
                by,
                accepted ? "overturn" : "confirm",
                REASON + reason,
                false);
    }

    Proposal again() {
        return new Proposal(
                attempt, at, probe, model, own, right, why, times + 1, state, said, since);
    }

    Proposal said(State next, Said by) {
        return new Proposal(
                attempt, at, probe, model, own, right, why, times, next, Optional.of(by), since);
    }

    Proposal since(Map<String, Boolean> results) {
        return new Proposal(
                attempt, at, probe, model, own, right, why, times, state, said, results);
    }
}
