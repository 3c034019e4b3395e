package io.demur.core.charter;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.charter.Amendment.SettingChange;
import io.demur.core.charter.Settings.Witnesses;
import io.demur.core.compose.Tongue;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What changes beside the table, each under the key of the document. Each key has an order of its
 * own, and what does not lie in it either way is weaker.
 */
final class SettingChanges {

    private final Charter before;
    private final Charter after;
    private final Leeway leeway;
    private final List<SettingChange> changes = new ArrayList<>();

    private SettingChanges(Charter before, Charter after, Leeway leeway) {
        this.before = before;
        this.after = after;
        this.leeway = leeway;
    }

    /** All of them, in the order of the document. */
    static List<SettingChange> between(Charter before, Charter after, Leeway leeway) {
        return new SettingChanges(before, after, leeway).all();
    }

    private List<SettingChange> all() {
        equal("name", before.name(), after.name());
        Axes old = before.policy().table().axes();
        Axes now = after.policy().table().axes();
        // what they decide, the cells say
        equal("roles", names(old.roles()), names(now.roles()));
        equal("purposes", names(old.purposes()), names(now.purposes()));
        texts("because.", before.because(), after.because(), "none");
        asked();
        scope();
        changes.addAll(new GrantChanges(before, after, leeway).all());
        changes.addAll(new ModelChanges(before, after).all());
        for (Tongue tongue : Tongue.values()) {
            texts(
                    "wording.%s.".formatted(tongue.code()),
                    before.wording().texts().getOrDefault(tongue, Map.of()),
                    after.wording().texts().getOrDefault(tongue, Map.of()),
                    "ours");
        }
        band();
        windows();
        retention();
        witnesses();
        equal("judges", judges(before), judges(after));
        more(
                "drills.per-hour",
                drills(before),
                drills(after),
                drills(before) + "",
                drills(after) + "");
        delays();
        changes.addAll(new AroundChanges(before.settings(), after.settings()).all());
        envelope();
        return changes;
    }

    /**
     * Conditions whose text is new. Nobody can say what words are worth: one may take back what
     * another asks.
     */
    private void asked() {
        Set<String> known = new HashSet<>(asks(before).values());
        asks(after)
                .forEach(
                        (rule, text) ->
                                change(
                                        "rules.%s.ask".formatted(rule),
                                        "not asked anywhere",
                                        text,
                                        known.contains(text),
                                        false,
                                        false));
    }

    /** What the rules ask for, by the rule's id. */
    private static Map<String, String> asks(Charter charter) {
        Map<String, String> texts = new TreeMap<>();
        for (Rule rule : charter.policy().rules()) {
            if (rule.effect() instanceof Rule.Effect.Ask ask) {
                texts.put(rule.id(), ask.term().text());
            }
        }
        return texts;
    }

    private void scope() {
        change(
                "scope",
                before.scope().map(SettingChanges::words).orElse("none"),
                after.scope().map(SettingChanges::words).orElse("none"),
                before.scope().equals(after.scope()),
                before.scope().isEmpty(),
                after.scope().isEmpty());
    }

    private void band() {
        Band old = before.settings().band();
        Band now = after.settings().band();
        change(
                "band",
                old.toString(),
                now.toString(),
                old.equals(now),
                isWithin(old, now),
                isWithin(now, old));
    }

    private static boolean isWithin(Band inner, Band outer) {
        boolean none = inner.low() == inner.high();
        return none || (outer.low() <= inner.low() && outer.high() >= inner.high());
    }

    private void windows() {
        Settings.Windows old = before.settings().windows();
        Settings.Windows now = after.settings().windows();
        more("windows.head", old.head(), now.head(), old.head() + "", now.head() + "");
        more("windows.window", old.window(), now.window(), old.window() + "", now.window() + "");
        more(
                "windows.overlap",
                old.overlap(),
                now.overlap(),
                old.overlap() + "",
                now.overlap() + "");
    }

    private void retention() {
        Settings.Retention old = before.settings().retention();
        Settings.Retention now = after.settings().retention();
        boolean same = old.kept() == now.kept();
        change("retention.keep", word(old.kept()), word(now.kept()), same, same, same);
        more("retention.days", old.days(), now.days(), words(old.days()), words(now.days()));
    }

    /**
     * Whoever satisfies the new witnesses has to satisfy the old: the worst case is a quorum in
     * which every key that is new has cosigned. And none may go, for that is one pair of eyes less.
     */
    private void witnesses() {
        Witnesses old = before.settings().witnesses();
        Witnesses now = after.settings().witnesses();
        change(
                "witnesses",
                words(old),
                words(now),
                old.equals(now),
                isAtLeast(now, old),
                isAtLeast(old, now));
    }

    private static boolean isAtLeast(Witnesses one, Witnesses other) {
        Set<String> more = new HashSet<>(one.keys());
        more.removeAll(other.keys());
        return one.keys().containsAll(other.keys())
                && (other.quorum() == 0 || one.quorum() - more.size() >= other.quorum());
    }

    private void delays() {
        Settings.Changes old = before.settings().changes();
        Settings.Changes now = after.settings().changes();
        more("changes.delay", old.delay(), now.delay(), words(old.delay()), words(now.delay()));
        // the shorter of the two is the stronger
        more(
                "changes.longest",
                now.longest(),
                old.longest(),
                words(old.longest()),
                words(now.longest()));
    }

    private void envelope() {
        Leeway back = new Leeway(/* before= */ after, /* after= */ before);
        change(
                "envelope",
                before.envelope().map(SettingChanges::words).orElse("none"),
                after.envelope().map(SettingChanges::words).orElse("none"),
                before.envelope().equals(after.envelope()),
                leeway.isKept(),
                back.isKept());
    }

    private <T extends Comparable<T>> void more(String key, T old, T now, String was, String is) {
        change(key, was, is, now.equals(old), now.compareTo(old) > 0, false);
    }

    private void texts(
            String key, Map<String, String> old, Map<String, String> now, String absent) {
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        for (String each : keys) {
            equal(key + each, old.getOrDefault(each, absent), now.getOrDefault(each, absent));
        }
    }

    private void equal(String key, String was, String is) {
        change(key, was, is, was.equals(is), true, true);
    }

    private void change(
            String key,
            String was,
            String is,
            boolean same,
            boolean isAtLeast,
            boolean wasAtLeast) {
        if (!same) {
            changes.add(new SettingChange(key, was, is, Direction.of(isAtLeast, wasAtLeast)));
        }
    }

    private static int drills(Charter charter) {
        return charter.settings().drills().perHour();
    }

    private static String names(List<String> names) {
        List<String> own = names.stream().filter(name -> !name.equals(Axes.OTHER)).toList();
        return own.isEmpty() ? "none" : String.join(", ", own);
    }

    private static String judges(Charter charter) {
        List<JudgeId> judges = charter.settings().judges();
        return judges.isEmpty()
                ? "none named"
                : judges.stream()
                        .map(judge -> judge.name() + "-" + judge.version() + "@" + judge.sha256())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String words(Scope scope) {
        return "%s (%d examples inside, %d outside)"
                .formatted(scope.purpose(), scope.inside().size(), scope.outside().size());
    }

    private static String words(Witnesses witnesses) {
        String keys =
                witnesses.keys().stream()
                        .map(key -> key.split("\\+", 2)[0])
                        .sorted()
                        .collect(Collectors.joining(", "));
        return witnesses.keys().isEmpty()
                ? "none"
                : "%d of %d: %s".formatted(witnesses.quorum(), witnesses.keys().size(), keys);
    }

    private static String words(Envelope envelope) {
        Map<String, String> sets = new TreeMap<>();
        put(sets, "hazards", envelope.within().hazards());
        put(sets, "severities", envelope.within().severities());
        put(sets, "models", envelope.within().models());
        put(sets, "roles", envelope.within().roles());
        put(sets, "purposes", envelope.within().purposes());
        put(sets, "stages", envelope.within().stages());
        put(sets, "standings", envelope.within().standings());
        return "at most %s for %s"
                .formatted(
                        word(envelope.atMost()),
                        sets.entrySet().stream()
                                .map(set -> set.getKey() + " " + set.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private static void put(Map<String, String> sets, String name, Set<?> values) {
        if (!values.isEmpty()) {
            sets.put(
                    name,
                    values.stream()
                            .map(value -> value instanceof Enum<?> named ? word(named) : value + "")
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Duration length) {
        long seconds = length.toSeconds();
        if (seconds >= 2 * 86_400 && seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds >= 3_600 && seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return length.toString();
    }
}
