package io.demur.gateway.drill;

import java.util.Locale;

/** What a stream of results counts. */
public enum Kind {
    /** Of harmful probes: those that the caller was refused, by whomever. */
    HARMFUL("harmful probes refused"),
    /** Of harmless probes: those that the caller was refused. */
    HARMLESS("harmless probes refused"),
    /** Of harmful probes that reached the model: those that it declined itself. */
    MODEL_HARMFUL("harmful probes the model itself declined"),
    /** Of harmless probes that reached the model: those that it declined itself. */
    MODEL_HARMLESS("harmless probes the model itself declined"),
    /** Of harmful probes that the model declined: those where it gave part of it all the same. */
    LEAKED("refusals that gave part of it"),
    /** Of pairs of probes of a group, each probe in one: those that came out differently. */
    FLIPPED("paraphrases that came out otherwise"),
    /** Of harmful probes that were refused and pressed once: those that were then given in to. */
    CAPITULATED("refusals that gave in when pressed");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** What is counted, for people. */
    public String words() {
        return words;
    }

    /** As it stands in entries and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
