package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Transcript;

import java.util.List;
import java.util.Objects;

/** What an entry of a file turned out to be. */
public sealed interface Decoded {

    /**
     * It could be read.
     *
     * @param transcripts usually one; several where a record holds alternative answers to one
     *     request, with {@code #1}, {@code #2} … after the id
     * @param warnings what was left out of them, such as a label with an unknown value
     */
    record Read(List<Transcript> transcripts, List<Problem> warnings) implements Decoded {
        public Read {
            transcripts = List.copyOf(transcripts);
            warnings = List.copyOf(warnings);
            if (transcripts.isEmpty()) {
                throw new IllegalArgumentException("nothing was read");
            }
        }
    }

    /** It could not be read; the others are not touched by that. */
    record Unreadable(Problem problem) implements Decoded {
        public Unreadable {
            Objects.requireNonNull(problem);
        }
    }
}
