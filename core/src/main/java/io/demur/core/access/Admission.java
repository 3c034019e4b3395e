package io.demur.core.access;

import java.time.Duration;
import java.util.Optional;

/** Whether a caller is within its limits. */
public sealed interface Admission {

    /** It is; what the request came to is said to the lease. */
    record Admitted(Lease lease) implements Admission {}

    /**
     * It is not.
     *
     * @param allowed how much would be, in what the limit counts: requests, tokens or principals
     * @param retryAfter when it could be asked again; nothing where that would not help, or depends
     *     on what others do
     */
    record Exceeded(Limit limit, long allowed, Optional<Duration> retryAfter) implements Admission {

        /** A sentence for the caller. */
        public String words() {
            return limit.words().formatted(allowed);
        }
    }

    /** What can be exceeded. */
    enum Limit {
        REQUESTS_PER_MINUTE("more than %d requests in a minute"),
        TOKENS_PER_MINUTE("more than %d tokens in a minute"),
        CONCURRENT("more than %d requests at the same time"),
        TOKENS_PER_DAY("more than %d tokens in a day (UTC)"),
        /** No limit of the caller's: so many are asking that no more can be kept count of. */
        PRINCIPALS("more than %d principals at the same time");

        private final String words;

        Limit(String words) {
            this.words = words;
        }

        private String words() {
            return words;
        }
    }
}
