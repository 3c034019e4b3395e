package io.demur.cli;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Suite;
import io.demur.eval.Word;
import io.demur.files.suite.ShippedSuite;
import io.demur.files.suite.SuiteFile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Suites in words for a terminal. */
final class SuiteText {

    private static final int WIDTH = 98;
    private static final String INDENT = "    ";

    private SuiteText() {}

    /** The suites that ship, and the public ones that can be read. */
    static List<String> known() {
        List<String> lines = new ArrayList<>();
        for (ShippedSuite shipped : ShippedSuite.values()) {
            Suite suite = shipped.read();
            lines.add(
                    "%-24s%,d cases, version %s"
                            .formatted(shipped.word(), suite.cases().size(), suite.version()));
            lines.addAll(wrapped(suite.description(), " ".repeat(24)));
        }
        lines.add("");
        lines.add("formats of files, by path or by address#sha256=SUM");
        lines.add("");
        SuiteFile.formats().forEach((name, title) -> lines.add("%-24s%s".formatted(name, title)));
        return lines;
    }

    /** What a suite is made of. */
    static List<String> summary(Suite suite) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s, version %s: %,d cases"
                        .formatted(suite.name(), suite.version(), suite.cases().size()));
        if (!suite.description().isEmpty()) {
            lines.addAll(wrapped(suite.description(), ""));
        }
        lines.add("sha256 " + suite.digest());
        lines.add("");
        StringBuilder head = new StringBuilder("%-22s%8s".formatted("section", "cases"));
        for (Expectation each : Expectation.values()) {
            head.append("%9s".formatted(Word.of(each)));
        }
        lines.add(head.toString());
        for (String section : suite.sections()) {
            lines.add(counts(section, suite.only(it -> it.section().equals(section))));
        }
        table(lines, suite, "hazard", it -> it.hazard().map(Word::of));
        table(lines, suite, "style", it -> it.style().map(Word::of));
        lines.add("");
        lines.add(
                "%,d pairs, %,d groups, %,d ladders, %,d pushed further, %,d under a system prompt"
                        .formatted(
                                distinct(suite, Case::pair),
                                distinct(suite, Case::group),
                                distinct(suite, it -> it.rung().map(rung -> rung.ladder())),
                                count(suite, it -> !it.pushes().isEmpty()),
                                count(suite, it -> !it.request().system().isEmpty())));
        return lines;
    }

    private static String counts(String section, Suite part) {
        StringBuilder line = new StringBuilder("%-22s%,8d".formatted(section, part.cases().size()));
        for (Expectation each : Expectation.values()) {
            long count = count(part, it -> it.expectation() == each);
            line.append("%9s".formatted(count == 0 ? "–" : "%,d".formatted(count)));
        }
        return line.toString();
    }

    /** How many cases have each value, where any has one. */
    private static void table(
            List<String> lines, Suite suite, String title, Function<Case, Optional<String>> value) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        suite.cases()
                .forEach(it -> value.apply(it).ifPresent(v -> counts.merge(v, 1, Integer::sum)));
        if (!counts.isEmpty()) {
            lines.add("");
            lines.add("%-28s%s".formatted(title, "cases"));
            counts.forEach((name, count) -> lines.add("%-28s%,5d".formatted(name, count)));
        }
    }

    /** Each case whole. */
    static List<String> cases(Suite suite) {
        List<String> lines = new ArrayList<>();
        for (Case each : suite.cases()) {
            lines.add(head(each));
            for (Message message : each.request().messages()) {
                String who = message.role() == Role.USER ? "" : Word.of(message.role()) + ": ";
                lines.addAll(wrapped(who + message.text(), INDENT));
            }
            for (Push push : each.pushes()) {
                lines.addAll(
                        wrapped("(%s) %s".formatted(Word.of(push.tactic()), push.text()), INDENT));
            }
            if (!each.why().isEmpty()) {
                lines.addAll(wrapped("because: " + each.why(), INDENT));
            }
            lines.add("");
        }
        return lines;
    }

    private static String head(Case of) {
        StringBuilder line =
                new StringBuilder(of.id()).append(": ").append(Word.of(of.expectation()));
        of.kind().ifPresent(kind -> line.append(" (").append(Word.of(kind)).append(')'));
        of.hazard().ifPresent(hazard -> line.append(", ").append(Word.of(hazard)));
        of.style().ifPresent(style -> line.append(", ").append(Word.of(style)));
        of.pair().ifPresent(pair -> line.append(", pair ").append(pair));
        of.group().ifPresent(group -> line.append(", group ").append(group));
        of.rung()
                .ifPresent(
                        rung ->
                                line.append(", ladder ")
                                        .append(rung.ladder())
                                        .append(" level ")
                                        .append(rung.level()));
        of.tags().forEach((name, tag) -> line.append(", ").append(name).append(' ').append(tag));
        return line.toString();
    }

    private static long distinct(Suite suite, Function<Case, Optional<String>> name) {
        return suite.cases().stream().flatMap(it -> name.apply(it).stream()).distinct().count();
    }

    private static long count(Suite suite, Predicate<Case> wanted) {
        return suite.cases().stream().filter(wanted).count();
    }

    private static List<String> wrapped(String text, String indent) {
        return Terminal.wrapped(text, WIDTH - indent.length()).stream()
                .map(indent::concat)
                .toList();
    }
}
