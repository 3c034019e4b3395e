package io.demur.gateway.upstream;

import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Operation;
import io.demur.wire.chat.Usage;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The tokens that an exchange comes to: all that models were asked and have said, whether any of it
 * was released or not. Where a server does not count them, or does not come to that, they are
 * estimated by the characters. For one thread.
 */
public final class Spent {

    /** About how many characters (UTF-16) make a token. */
    private static final int TOKEN_CHARS = 4;

    private final LongSupplier asked;
    private long input;
    private long output;
    private boolean reached;
    private boolean estimated;
    private Optional<Usage> counted = Optional.empty();
    private long said;
    private boolean whole;
    private boolean declined;

    /** Nobody is asked yet. */
    public Spent(Asked asked) {
        this(() -> length(asked));
    }

    /**
     * Nobody is asked yet.
     *
     * @param asked how many characters (UTF-16) go to a model
     */
    public Spent(LongSupplier asked) {
        this.asked = asked;
    }

    /** A model has said this. */
    public void heard(Event event) {
        switch (event) {
            case Event.Counted now -> counted = Optional.of(now.usage());
            case Event.Text text -> said += text.delta().length();
            case Event.Reasoning more -> said += more.delta().length();
            case Event.Refusal more -> said += more.delta().length();
            case Event.ToolBegan tool -> said += tool.name().length();
            case Event.ToolDelta more -> said += more.arguments().length();
            case Event.Stop stop -> whole = true;
            case Event.Failed failed -> declined = isDeclined(failed.failure());
            case Event.Began began -> {}
            case Event.Signature signature -> {}
            case Event.Redacted redacted -> {}
        }
    }

    /** What a server does not take up costs nothing. */
    private static boolean isDeclined(Failure failure) {
        return switch (failure.kind()) {
            case REJECTED, DENIED, FORBIDDEN, BUSY -> true;
            case OUTAGE, BROKEN -> false;
        };
    }

    /**
     * A model says nothing more, or nobody listens any more.
     *
     * @param reached whether it had got what was asked
     */
    public void over(boolean reached) {
        boolean silent = said == 0 && counted.isEmpty();
        if (reached && !(silent && declined)) {
            this.reached = true;
            add(counted.orElse(Usage.NONE));
        }
        counted = Optional.empty();
        said = 0;
        whole = false;
        declined = false;
    }

    /** What is counted while an answer comes is less than what it comes to. */
    private void add(Usage usage) {
        long least = tokens(said);
        boolean in = usage.input() > 0;
        boolean out = least == 0 || (usage.output() > 0 && (whole || usage.output() >= least));
        input += in ? usage.input() : tokens(asked.getAsLong());
        output += out ? usage.output() : least;
        estimated |= !in || !out;
    }

    private static long length(Asked asked) {
        return switch (asked) {
            case Call chat ->
                    chat.request().messages().stream().mapToLong(it -> it.text().length()).sum();
            case Embed embed -> embed.inputs().stream().mapToLong(String::length).sum();
            case Operation operation -> 0;
        };
    }

    /** About how many tokens so many characters are, where nobody has counted. */
    public static long tokens(long characters) {
        return (characters + TOKEN_CHARS - 1) / TOKEN_CHARS;
    }

    /** All of it; nothing where no model was asked. */
    public Optional<Usage> total() {
        return reached ? Optional.of(Usage.of(input, output)) : Optional.empty();
    }

    /** Whether any of it is an estimate. */
    public boolean isEstimated() {
        return estimated;
    }
}
