package io.demur.core.charter;

import io.demur.core.policy.Comparison;
import io.demur.core.probe.ProbeRun;

import java.util.List;

/**
 * What one charter changes of another: exactly for cells and settings, by probes for what those
 * cannot show.
 *
 * @param table the cells that differ
 * @param envelope cells that are weaker, and within what the charter before lets one person do
 * @param settings what differs beside the table
 * @param flips probes that were kept back and would be answered
 */
public record Amendment(
        Comparison table,
        List<Comparison.Change> envelope,
        List<SettingChange> settings,
        List<ProbeRun.Flip> flips) {

    /**
     * One setting that differs.
     *
     * @param key as the document writes it, such as {@code retention.days}
     * @param before as a person reads it
     * @param after likewise
     */
    public record SettingChange(String key, String before, String after, Direction direction) {}

    public Amendment {
        envelope = List.copyOf(envelope);
        settings = List.copyOf(settings);
        flips = List.copyOf(flips);
    }

    /**
     * Compares two charters, and what their probes gave.
     *
     * @param probesBefore of the charter before, as it was signed
     * @param probesAfter of the other; of another suite than the first: every probe of the earlier
     *     one that is missing counts as a flip
     */
    public static Amendment between(
            Charter before, ProbeRun probesBefore, Charter after, ProbeRun probesAfter) {
        Comparison table = Comparison.of(before.policy().table(), after.policy().table());
        Leeway leeway = new Leeway(before, after);
        return new Amendment(
                table,
                table.weaker().stream().filter(leeway::allows).toList(),
                SettingChanges.between(before, after, leeway),
                probesBefore.flips(probesAfter));
    }

    /**
     * Weaker where anything is that one person could not do on their own. What lies within the
     * envelope is not that, but it makes nothing stronger either.
     */
    public Direction direction() {
        boolean weaker =
                table.weaker().size() > envelope.size()
                        || settings.stream().anyMatch(it -> it.direction() == Direction.WEAKER)
                        || !flips.isEmpty();
        if (weaker) {
            return Direction.WEAKER;
        }
        boolean stronger =
                !table.stronger().isEmpty()
                        || settings.stream().anyMatch(it -> it.direction() == Direction.STRONGER);
        return stronger && envelope.isEmpty() ? Direction.STRONGER : Direction.EQUAL;
    }
}
