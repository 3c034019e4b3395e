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
     * @param project whose limit it is; nothing where it is the principal's own
     */
    record Exceeded(
            Limit limit, long allowed, Optional<Duration> retryAfter, Optional<String> project)
            implements Admission {

        /** A limit of the principal's own. */
        Exceeded(Limit limit, long allowed, Optional<Duration> retryAfter) {
            this(limit, allowed, retryAfter, Optional.empty());
        }

        /** The same, where it is a limit of a project. */
        Exceeded of(String project) {
            return new Exceeded(limit, allowed, retryAfter, Optional.of(project));
        }

        /** A sentence for the caller. */
        public String words() {
            return limit.words().formatted(allowed)
                    + project.map(" with all keys of project `%s`"::formatted).orElse("");
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
