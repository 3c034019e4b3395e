package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.charter.Charter;
import io.demur.core.policy.Context;
import io.demur.gateway.drill.Pass;
import io.demur.wire.chat.Asked;

import java.time.Instant;
import java.util.Optional;

/**
 * One request, known by its caller and read.
 *
 * @param attempt its id
 * @param protocol how it was asked, such as {@code openai.chat}
 * @param body as it came; never modified
 * @param charter the policy in force when it came
 * @param policy its digest
 * @param context what is known of it that its caller cannot write
 * @param at when it came
 * @param watch started then
 * @param request by which the caller knows it, where it says so
 * @param drill the drill that it is, where it is one; for the record alone
 * @param retried whether the caller's program says that it sends it once more by itself
 */
@SuppressWarnings("ArrayRecordComponent")
record Visit(
        String attempt,
        Caller caller,
        String protocol,
        Asked asked,
        byte[] body,
        Charter charter,
        String policy,
        Context context,
        Instant at,
        Stopwatch watch,
        Optional<String> request,
        Optional<Pass> drill,
        boolean retried) {

    /** One that the caller has no name for. */
    Visit(
            String attempt,
            Caller caller,
            String protocol,
            Asked asked,
            byte[] body,
            Charter charter,
            String policy,
            Context context,
            Instant at,
            Stopwatch watch) {
        this(
                attempt,
                caller,
                protocol,
                asked,
                body,
                charter,
                policy,
                context,
                at,
                watch,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
