package io.demur.eval;

import io.demur.core.Request;
import io.demur.core.Transcript;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Context;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.files.Input;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts the request of every record to a policy, and counts what it does. Not safe for use by
 * several threads, but for {@link #of}.
 */
public final class Asking implements Pipeline.Work<Optional<AskedRequest>> {

    /** The source of those of our own requests by which the lines of postures were chosen. */
    public static final String CHOSEN_BY = "own, chosen by";

    private static final String OWN = "policy-requests.jsonl";

    private final HarmPredictor judge;
    private final Policy policy;
    private final Context context;
    private final RequestClass benign;
    private final PolicyRates rates;
    private long unreadable;

    /**
     * Nothing is counted yet.
     *
     * @param context who asks, and whom
     * @param benign what benign requests are of which a record says no more
     */
    public Asking(
            HarmPredictor judge,
            Policy policy,
            Context context,
            RequestClass benign,
            PolicyRates rates) {
        this.judge = judge;
        this.policy = policy;
        this.context = context;
        this.benign = benign;
        this.rates = rates;
    }

    /**
     * The project's own requests, which are in every table: ordinary ones, look-alikes and clear
     * harm of every hazard. Judges have not learnt from them. By one half of each class the lines
     * of postures were chosen; the other half is there to report, and was looked at once on the
     * way.
     */
    public static Input own() {
        return Input.of("demur", Asking::open);
    }

    private static InputStream open() {
        return Objects.requireNonNull(Asking.class.getResourceAsStream(OWN));
    }

    /** How many records could not be read. */
    public long unreadableRecords() {
        return unreadable;
    }

    @Override
    public Optional<AskedRequest> of(List<Transcript> record) {
        if (record.isEmpty() || asksNothing(record.getFirst().request())) {
            return Optional.empty();
        }
        // several transcripts are alternative answers to one request
        Transcript first = record.getFirst();
        return Optional.of(
                new AskedRequest(
                        first.source(),
                        first.request().prompt(),
                        RequestClass.of(first, benign),
                        hazard(first),
                        policy.decide(judge.assess(first.request()), context, Standing.FRESH)
                                .strength()));
    }

    private static boolean asksNothing(Request request) {
        return request.messages().stream().allMatch(message -> message.text().isBlank());
    }

    private static Optional<Hazard> hazard(Transcript record) {
        String said =
                record.fields()
                        .getOrDefault("hazard", record.fields().getOrDefault("category", ""))
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT);
        return Arrays.stream(Hazard.values()).filter(h -> h.name().equals(said)).findFirst();
    }

    @Override
    public void take(Optional<AskedRequest> made) {
        made.ifPresent(rates::add);
    }

    @Override
    public void unreadable() {
        unreadable++;
    }
}
