package io.demur.record.policy;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.Square;
import io.demur.core.policy.Table;

import java.util.IdentityHashMap;
import java.util.TreeSet;

/** What a policy expands to, as one digest, so that a signature covers what is done. */
final class Expansion {

    private Expansion() {}

    /** The same for charters that do the same, in any order of keys. */
    static String digest(Charter charter) {
        StringBuilder out = new StringBuilder("demur-expansion v0\n");
        Table table = charter.policy().table();
        out.append(table.axes().roles()).append(table.axes().purposes()).append('\n');
        IdentityHashMap<Square, String> written = new IdentityHashMap<>();
        table.axes()
                .forEach(
                        cell ->
                                out.append(
                                        written.computeIfAbsent(
                                                table.at(cell), Expansion::square)));
        settings(charter.settings(), out);
        return Digests.hex(out.toString());
    }

    private static String square(Square square) {
        Ladder ladder = square.ladder();
        return "%d %d %d %d %d %s %s %s\n"
                .formatted(
                        ladder.unsure(),
                        ladder.annotate(),
                        ladder.condition(),
                        ladder.hold(),
                        ladder.refuse(),
                        ladder.unjudged(),
                        square.terms().stream().map(it -> it.id() + "=" + it.text()).toList(),
                        square.rules());
    }

    private static void settings(Settings settings, StringBuilder out) {
        settings.judges().forEach(it -> out.append(it.name()).append(it.sha256()).append('\n'));
        out.append(settings.band()).append('\n');
        out.append(settings.windows().head()).append(' ').append(settings.windows().window());
        out.append(' ').append(settings.windows().overlap()).append('\n');
        out.append(settings.retention().kept()).append(settings.retention().days()).append('\n');
        out.append(new TreeSet<>(settings.witnesses().keys())).append('\n');
        out.append(settings.witnesses().quorum()).append('\n');
        out.append(settings.drills().perHour()).append('\n');
        out.append(settings.changes().delay()).append(settings.changes().longest()).append('\n');
    }
}
