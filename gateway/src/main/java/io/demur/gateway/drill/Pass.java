package io.demur.gateway.drill;

import io.demur.core.access.Caller;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Result;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets one drill in, once, and hears what its exchange comes to. Neither the policy nor a judge nor
 * a model gets to see it. Safe for use by several threads.
 */
public final class Pass {

    private final String token;
    private final Caller caller;
    private final boolean inOwnWords;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private Gathering said = new Gathering();
    private boolean begun;
    private Optional<String> model = Optional.empty();
    private Optional<String> attempt = Optional.empty();

    Pass(String token, Caller caller, boolean inOwnWords) {
        this.token = token;
        this.caller = caller;
        this.inOwnWords = inOwnWords;
    }

    /** What stands in the place of a key. */
    String token() {
        return token;
    }

    /** Who comes in with it. */
    public Caller caller() {
        return caller;
    }

    /**
     * Whether what is asked is in words that ship; else they are somebody's, who may have them
     * erased, and nobody would find a copy.
     */
    public boolean isInOwnWords() {
        return inOwnWords;
    }

    /** Which attempt it has become. */
    public synchronized void attempt(String id) {
        attempt = Optional.of(id);
    }

    synchronized Optional<String> attempt() {
        return attempt;
    }

    /** Hears what the model says, before anything is withheld; of several answers the last. */
    public synchronized void hears(Event event) {
        if (event instanceof Event.Began began) {
            said = new Gathering();
            model =
                    Optional.of(began.model())
                            .filter(it -> !it.isBlank())
                            .map(it -> it + began.fingerprint().map(" [%s]"::formatted).orElse(""));
        }
        begun = true;
        said.add(event);
    }

    /** What the model itself answered; nothing where it was not asked, or came to no end. */
    synchronized Optional<Result> said() {
        return begun ? said.result() : Optional.empty();
    }

    /** What the model's server calls it, and what it says of its version. */
    synchronized Optional<String> model() {
        return model;
    }

    void ended(Outcome entry) {
        outcome.complete(entry);
    }

    /** Completed once the outcome is on disk. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
