package io.demur.gateway.running;

import io.demur.record.policy.Submitted;

import java.util.concurrent.CompletableFuture;

/** Takes signed statements about the policy. Blocks nobody; safe for use by several threads. */
@FunctionalInterface
public interface Statements {

    /**
     * Rules on one, and puts what the rules allow into force.
     *
     * @param note as it came; whoever signed it is found in it, and nowhere else
     * @return what became of it; failed where it cannot be written or too many others wait
     */
    CompletableFuture<Submitted> submit(byte[] note);
}
