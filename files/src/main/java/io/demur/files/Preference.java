package io.demur.files;

import io.demur.core.Request;
import io.demur.core.Where;

import java.util.Objects;

/** One thing that a file is about to teach a model. */
public sealed interface Preference {

    /** Where it stands. */
    Where where();

    /** The conversation up to the answer; {@link Request#UNKNOWN} where the file has none. */
    Request request();

    /**
     * Two answers: the one is to become likelier, the other less likely.
     *
     * @param chosen to become likelier
     * @param rejected to become less likely
     */
    record Pair(Where where, Request request, String chosen, String rejected)
            implements Preference {
        public Pair {
            Objects.requireNonNull(where);
            Objects.requireNonNull(request);
            Objects.requireNonNull(chosen);
            Objects.requireNonNull(rejected);
        }
    }

    /**
     * One answer, and whether it is to become likelier.
     *
     * @param desirable whether it is
     */
    record Labelled(Where where, Request request, String completion, boolean desirable)
            implements Preference {
        public Labelled {
            Objects.requireNonNull(where);
            Objects.requireNonNull(request);
            Objects.requireNonNull(completion);
        }
    }

    /** One answer to be imitated: of a conversation, each answer that the model gives in it. */
    record Shown(Where where, Request request, String completion) implements Preference {
        public Shown {
            Objects.requireNonNull(where);
            Objects.requireNonNull(request);
            Objects.requireNonNull(completion);
        }
    }
}
