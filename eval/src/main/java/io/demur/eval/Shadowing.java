package io.demur.eval;

import io.demur.core.Transcript;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Shadow;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts the request of every record to two policies, and counts and hands on where they differ. Who
 * asked is read from the record's fields {@code role}, {@code purpose} and {@code model_class},
 * where it has them. Not safe for use by several threads, but for {@link #of}.
 */
public final class Shadowing implements Pipeline.Work<Optional<ShadowRow>> {

    private final Side active;
    private final Side candidate;
    private final ShadowTally tally;
    private final Listener<ShadowRow> listener;

    /**
     * One of the two policies, and who judges under it.
     *
     * @param judge in the band that the policy says, of the judges that it names
     */
    public record Side(HarmPredictor judge, Policy policy) {}

    public Shadowing(Side active, Side candidate, ShadowTally tally, Listener<ShadowRow> listener) {
        this.active = active;
        this.candidate = candidate;
        this.tally = tally;
        this.listener = listener;
    }

    @Override
    public Optional<ShadowRow> of(List<Transcript> record) {
        if (Assessing.asksNothing(record)) {
            return Optional.empty();
        }
        Transcript first = record.getFirst();
        String id = Assessing.id(record);
        Assessment now = active.judge().assess(first.request());
        Assessment then =
                candidate.judge().id().equals(active.judge().id())
                        ? now
                        : candidate.judge().assess(first.request());
        Context context = context(first);
        Shadow.Pair pair = tally.shadow().see(now, then, context, Standing.FRESH);
        return Optional.of(
                new ShadowRow(
                        row(id, first, now, active, context, pair.active()),
                        row(id, first, then, candidate, context, pair.candidate()),
                        pair.kind()));
    }

    private RequestRow row(
            String id,
            Transcript of,
            Assessment assessment,
            Side side,
            Context context,
            Decision decision) {
        return new RequestRow(
                id,
                of,
                assessment,
                side.policy().sureness(assessment, context, Standing.FRESH),
                decision,
                side.judge().id());
    }

    private static Context context(Transcript of) {
        String model = field(of, "model_class");
        return new Context(
                Arrays.stream(ModelClass.values())
                        .filter(known -> Row.word(known).equals(model.replace('-', '_')))
                        .findFirst()
                        .orElse(ModelClass.HOSTED),
                field(of, "role"),
                field(of, "purpose"),
                Stage.NONE);
    }

    private static String field(Transcript of, String name) {
        String value = of.fields().getOrDefault(name, Axes.OTHER);
        return value.isBlank() ? Axes.OTHER : value;
    }

    @Override
    public void take(Optional<ShadowRow> row) throws IOException {
        if (row.isEmpty()) {
            tally.addWithoutRequest();
        } else {
            tally.add(row.get());
            listener.row(row.get());
        }
    }

    @Override
    public void unreadable() {
        tally.addUnreadable();
    }
}
