package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Envelope;
import io.demur.core.charter.Expansion;
import io.demur.core.charter.Grant;
import io.demur.core.charter.Models;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Says in some words what a policy holds beside its rules, one part on a line. */
final class PolicyParts {

    private PolicyParts() {}

    /** The lines, each with the key of the document in front. */
    static List<String> lines(Charter charter) {
        Settings settings = charter.settings();
        List<String> lines = new ArrayList<>();
        line(lines, "scope", charter.scope().map(PolicyParts::scope).orElse("not limited"));
        charter.grants().stream()
                .sorted(Comparator.comparing(Grant::role))
                .forEach(grant -> line(lines, "grants", grant(grant)));
        charter.prompts().stream()
                .sorted(Comparator.comparing(RegisteredPrompt::id))
                .forEach(
                        prompt ->
                                line(
                                        lines,
                                        "prompts",
                                        prompt.id() + " for purpose " + prompt.purpose()));
        line(lines, "models", models(charter.models()));
        charter.wording()
                .texts()
                .forEach(
                        (tongue, own) ->
                                line(
                                        lines,
                                        "wording",
                                        "%s: %s"
                                                .formatted(
                                                        tongue.code(),
                                                        counted(own.size(), "text"))));
        line(
                lines,
                "band",
                "a second judge is asked from %s up to %s"
                        .formatted(settings.band().low(), settings.band().high()));
        Settings.Windows windows = settings.windows();
        line(
                lines,
                "windows",
                "%,d characters held back first, then %,d at once, %,d of them again"
                        .formatted(windows.head(), windows.window(), windows.overlap()));
        line(
                lines,
                "retention",
                "%s bodies for %s"
                        .formatted(
                                PolicyWords.word(settings.retention().kept()),
                                length(settings.retention().days())));
        line(lines, "witnesses", witnesses(settings.witnesses()));
        line(
                lines,
                "judges",
                settings.judges().isEmpty() ? "none named" : joined(settings.judges()));
        line(lines, "drills", settings.drills().perHour() + " an hour in each category");
        line(
                lines,
                "changes",
                "a weakening holds after %s, for %s at most"
                        .formatted(
                                length(settings.changes().delay()),
                                length(settings.changes().longest())));
        line(lines, "incidents", AroundWords.incidents(settings.incidents()));
        line(lines, "review", AroundWords.review(settings.review()));
        line(
                lines,
                "envelope",
                charter.envelope().map(PolicyParts::envelope).orElse("nothing for one person"));
        line(lines, "comes to", Expansion.digest(charter));
        return lines;
    }

    private static void line(List<String> lines, String key, String text) {
        lines.add("%-12s%s".formatted(key, Terminal.plain(text)));
    }

    private static String scope(Scope scope) {
        return "%s (%s inside, %d outside)"
                .formatted(
                        scope.purpose(),
                        counted(scope.inside().size(), "example"),
                        scope.outside().size());
    }

    private static String grant(Grant grant) {
        List<String> parts = new ArrayList<>();
        if (!grant.purposes().isEmpty()) {
            parts.add("may declare " + joined(grant.purposes()));
        }
        parts.add(
                "may ask "
                        + (grant.models().isEmpty()
                                ? "all models"
                                : joined(grant.models().stream().map(PolicyWords::word).toList())
                                        + " models"));
        return grant.role() + " " + String.join(", ", parts);
    }

    private static String models(Models models) {
        List<String> parts = new ArrayList<>();
        for (ModelClass model : ModelClass.values()) {
            List<String> names =
                    models.placed().entrySet().stream()
                            .filter(entry -> entry.getValue().model() == model)
                            .map(entry -> entry.getKey())
                            .toList();
            if (!names.isEmpty()) {
                parts.add(PolicyWords.word(model) + " " + joined(names));
            }
        }
        parts.add("every other is " + PolicyWords.word(models.other()));
        return String.join("; ", parts);
    }

    private static String witnesses(Settings.Witnesses witnesses) {
        return witnesses.keys().isEmpty()
                ? "none"
                : "%d of %s"
                        .formatted(
                                witnesses.quorum(),
                                joined(
                                        witnesses.keys().stream()
                                                .map(key -> key.split("\\+", 2)[0])
                                                .toList()));
    }

    private static String envelope(Envelope envelope) {
        Rule.Match within = envelope.within();
        List<String> who = new ArrayList<>();
        put(who, "role", within.roles());
        put(who, "purpose", within.purposes());
        boolean more =
                !within.hazards().isEmpty()
                        || !within.severities().isEmpty()
                        || !within.models().isEmpty()
                        || !within.stages().isEmpty()
                        || !within.standings().isEmpty();
        return "one person may go as far as at-most %s, for %s%s"
                .formatted(
                        PolicyWords.word(envelope.atMost()),
                        String.join(" and ", who),
                        more ? ", in some cells" : "");
    }

    private static void put(List<String> who, String what, Collection<String> names) {
        if (!names.isEmpty()) {
            who.add(what + " " + joined(names));
        }
    }

    private static String joined(Collection<?> items) {
        return items.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String length(Duration length) {
        return length.toHours() % 24 == 0 && length.toDays() > 1
                ? length.toDays() + " d"
                : length.toHours() + " h";
    }
}
