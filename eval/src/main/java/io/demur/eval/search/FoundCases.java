package io.demur.eval.search;

import io.demur.files.output.Json;

import java.util.List;

/**
 * What a search found, as a suite of our own form: of each pattern a few requests that were refused
 * with it, and the same without, which were answered. All of them are to be answered, and those of
 * one group alike.
 */
public final class FoundCases {

    private static final int EACH_MAX = 5;

    private FoundCases() {}

    /** The document in YAML. */
    public static String yaml(Findings findings, String model) {
        StringBuilder text = new StringBuilder();
        line(text, "# Harmless requests that were refused, and the same without what made it so.");
        line(text, "suite: 1");
        line(text, "name: found");
        line(text, "version: \"1\"");
        line(text, "description: " + quoted("What a search found of " + model));
        line(text, "section: search");
        line(text, "cases:");
        for (Finding found : findings.found()) {
            List<Probe> examples = found.examples().stream().limit(EACH_MAX).toList();
            for (int i = 0; i < examples.size(); i++) {
                String id = id(found.pattern()) + "-" + (i + 1);
                Probe probe = examples.get(i);
                add(text, id, id, found.pattern(), "with", probe.with());
                for (int part = 0; part < probe.without().size(); part++) {
                    String without = id + "-without" + (part == 0 ? "" : "-" + (part + 1));
                    String said = probe.without().get(part);
                    add(text, without, id, found.pattern(), "without", said);
                }
            }
        }
        return text.toString();
    }

    private static void add(
            StringBuilder text, String id, String group, Pattern of, String side, String said) {
        line(text, "  - id: " + quoted(id));
        line(text, "    group: " + quoted(group));
        line(text, "    expect: answer");
        line(text, "    prompt: " + quoted(said));
        line(text, "    tags:");
        line(text, "      pattern: " + quoted(of.title()));
        line(text, "      side: " + side);
    }

    private static String id(Pattern pattern) {
        return pattern.title().replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    /** A string of JSON is one of YAML. */
    private static String quoted(String text) {
        return Json.value(text);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
